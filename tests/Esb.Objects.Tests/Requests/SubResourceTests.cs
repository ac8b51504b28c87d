using System.Net;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>What a request names beside the object is never mistaken for the object or the bucket.</summary>
public sealed class SubResourceTests
{
    [Test]
    [Arguments("PUT", "/key?annotation=&annotationName=a")]
    [Arguments("GET", "/key?annotation=&annotationName=a")]
    [Arguments("DELETE", "/key?annotation=&annotationName=a")]
    [Arguments("PUT", "?abac")]
    [Arguments("GET", "?abac")]
    [Arguments("PUT", "?metadataAnnotationTable")]
    [Arguments("PUT", "?metadataInventoryTable")]
    [Arguments("PUT", "?metadataJournalTable")]
    public async Task An_operation_that_is_not_served_is_refused_by_name_and_changes_nothing(string method, string path)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(store.Address, $"/{bucket}{path}"));
        request.Content = new ByteArrayContent([2]);

        using var answer = await client.SendAsync(request);

        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.NotImplemented);
        await Assert.That(await answer.Content.ReadAsStringAsync())
            .Contains("<Code>NotImplemented</Code>")
            .And.Contains(path.Split('?')[1].Split('=')[0]);
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(new byte[] { 1 });
    }
}
