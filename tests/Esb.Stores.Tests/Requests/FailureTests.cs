using System.Net;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>Errors of the store itself.</summary>
public sealed class FailureTests
{
    [Test]
    public async Task The_answer_about_a_damaged_object_has_no_path_and_the_log_has_it()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var client = new HttpClient { BaseAddress = stores.Address };
        (await client.PutAsync("/box", null)).EnsureSuccessStatusCode();
        (await client.PutAsync("/box/a", new ByteArrayContent(new byte[1000]))).EnsureSuccessStatusCode();
        var file = Directory.GetFiles(stores.Folder, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains("/box/objects/", StringComparison.Ordinal))
            .MaxBy(path => new FileInfo(path).Length)!;
        using (var damaged = File.OpenWrite(file))
            damaged.SetLength(damaged.Length - 5);

        using var answer = await client.GetAsync("/box/a");

        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.InternalServerError);
        await Assert.That(await answer.Content.ReadAsStringAsync())
            .Contains("<Code>InternalError</Code>").And.DoesNotContain(stores.Folder);
        await Eventually.TrueAsync(() => stores.Log.Contains(file, StringComparison.Ordinal));
    }
}
