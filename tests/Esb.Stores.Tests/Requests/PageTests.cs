using System.Net;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>What a page in the browser of the person who runs the stores may send.</summary>
public sealed class PageTests
{
    [Test]
    [Arguments("Origin", "http://evil.example")]
    [Arguments("Sec-Fetch-Site", "cross-site")]
    [Arguments("Host", "evil.example")]
    [Arguments("X-Forwarded-For", "10.0.0.7")]
    public async Task Stores_that_let_everyone_in_let_no_foreign_page_and_no_proxy_in(string header, string value)
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("ListTables", "{}");
        request.Headers.TryAddWithoutValidation(header, value);
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.Forbidden);
        await Assert.That((string)answer["__type"]!).IsEqualTo("com.amazon.coral.service#AccessDeniedException");
    }

    [Test]
    public async Task A_foreign_page_may_not_even_ask_whether_the_stores_are_there()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stores.Address, "/-/health"));
        request.Headers.TryAddWithoutValidation("Origin", "http://evil.example");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_page_in_a_bucket_may_read_objects_and_no_table()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var objects = new HttpRequestMessage(HttpMethod.Get, stores.Address);
        using var tables = stores.NewRequest("ListTables", "{}");
        using var client = new HttpClient();
        foreach (var request in new[] { objects, tables })
        {
            request.Headers.TryAddWithoutValidation("Origin", stores.Address.GetLeftPart(UriPartial.Authority));
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        }

        using var listed = await client.SendAsync(objects);
        await Assert.That(listed.StatusCode).IsEqualTo(HttpStatusCode.OK);
        await Assert.That((await StoresProcess.SendAsync(tables)).Status).IsEqualTo(HttpStatusCode.Forbidden);
    }
}
