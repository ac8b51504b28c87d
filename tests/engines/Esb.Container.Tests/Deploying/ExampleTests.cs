using System.Net;
using System.Text;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Deploying;

/// <summary>The two examples of the repository, with their dependencies, stores and schedule.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class ExampleTests(ContainerPlatform platform)
{
    [Test]
    public async Task Both_examples_answer_on_every_route_and_reach_their_stores_with_an_unmodified_sdk()
    {
        await platform.DeployAsync(Path.Combine(Binaries.Repository, "examples/orders/template.yaml"));
        await platform.DeployAsync(Path.Combine(Binaries.Repository, "examples/receipts/template.yaml"));
        await Assert.That(await StatusAsync(HttpMethod.Put, "/orders/7", """{"lines":[{"price":2.5,"count":4}]}"""))
            .IsEqualTo(HttpStatusCode.Created);
        await Assert.That(await platform.Client.GetStringAsync("/orders/7")).Contains("2.5");
        await Assert.That(await StatusAsync(HttpMethod.Post, "/receipts/7")).IsEqualTo(HttpStatusCode.Created);
        await Assert.That(await StatusAsync(HttpMethod.Get, "/receipts/7")).IsEqualTo(HttpStatusCode.OK);
        await Assert.That(await platform.Client.GetStringAsync("/orders/7/total")).Contains("\"from\":\"receipts\"");
        await Assert.That(await StatusAsync(HttpMethod.Delete, "/orders/7")).IsEqualTo(HttpStatusCode.NoContent);
        await Assert.That(
            (await platform.EsbAsync("invoke", "receipts-report", "--event", """{"report":"count"}""")).ExitCode)
            .IsEqualTo(0);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await platform.Client.SendAsync(request);
        return response.StatusCode;
    }
}
