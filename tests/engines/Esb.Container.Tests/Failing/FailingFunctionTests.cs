using System.Diagnostics;
using System.Net;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Failing;

/// <summary>What a caller gets when a container fails, without an effect on other callers.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class FailingFunctionTests(ContainerPlatform platform)
{
    [Test]
    [Arguments("raises", "raise ValueError('boom')")]
    [Arguments("exits", "os._exit(3)")]
    [Arguments("hungry", "return {'statusCode': 200, 'body': str(len(bytearray(os.urandom(1024)) * 1024 * 1024))}")]
    public async Task A_function_that_fails_is_answered_with_502_and_the_next_request_is_served(
        string name,
        string line)
    {
        await platform.DeployAsync(platform.Write(name, Templates.Function(
            name, $"/{name}"), ("src/app.py", Templates.Handler(
            "if event['httpMethod'] == 'POST':",
            $"    {line}",
            "return {'statusCode': 200, 'body': 'fine'}"))));
        await Assert.That((await platform.Client.PostAsync($"/{name}", null)).StatusCode)
            .IsEqualTo(HttpStatusCode.BadGateway);
        await Assert.That(await platform.Client.GetStringAsync($"/{name}")).IsEqualTo("fine");
    }

    [Test]
    public async Task A_function_that_hangs_is_answered_after_its_timeout_and_its_container_is_removed()
    {
        await platform.DeployAsync(platform.Write("hangs", Templates.Function(
            "hangs", "/hangs", timeout: 1), ("src/app.py", Templates.Handler(
            "if event['httpMethod'] == 'POST':",
            "    time.sleep(600)",
            "return {'statusCode': 200, 'body': os.uname().nodename}"))));
        var first = await platform.Client.GetStringAsync("/hangs");
        await Assert.That((await platform.Client.PostAsync("/hangs", null)).StatusCode)
            .IsEqualTo(HttpStatusCode.GatewayTimeout);
        await Assert.That(await platform.Client.GetStringAsync("/hangs")).IsNotEqualTo(first);
        await Eventually.TrueAsync(async () => (await platform.WorkersAsync("hangs")).Count == 1);
    }

    [Test]
    public async Task Workers_start_on_demand_up_to_the_maximum_in_parallel()
    {
        await platform.DeployAsync(platform.Write("many-at-once", Templates.Function(
            "many-at-once",
            "/many-at-once",
            more: "      ReservedConcurrentExecutions: 3\n"), ("src/app.py", Templates.Handler(
            "time.sleep(2)",
            "return {'statusCode': 200, 'body': os.uname().nodename}"))));
        var names = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => platform.Client.GetStringAsync("/many-at-once")));
        await Assert.That(names.Distinct().Count()).IsEqualTo(3);
        await Assert.That((await platform.WorkersAsync("many-at-once")).Count).IsEqualTo(3);
    }

    [Test]
    public async Task An_image_that_ends_at_once_is_an_error_of_that_function_only()
    {
        await platform.DeployAsync(platform.Write(
            "ends", Image("ends", "/ends", "esb-e2e/debian:1", "['/bin/false']")));
        var watch = Stopwatch.StartNew();
        await Assert.That((await platform.Client.GetAsync("/ends")).StatusCode).IsEqualTo(HttpStatusCode.BadGateway);
        await Assert.That((await platform.EsbAsync("invoke", "ends", "--event", "{}")).Output)
            .Contains("exit status 1");
        await Assert.That((await platform.Client.GetAsync("/health")).StatusCode).IsEqualTo(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_container_that_never_asks_for_work_is_given_up_and_removed()
    {
        await platform.DeployAsync(platform.Write(
            "silent", Image("silent", "/silent", "esb-e2e/debian:1", "['sleep', '600']")));
        var result = await platform.Client.GetAsync("/silent");
        await Assert.That(result.StatusCode).IsEqualTo(HttpStatusCode.ServiceUnavailable);
        await Eventually.TrueAsync(async () => (await platform.WorkersAsync("silent")).Count == 0);
    }

    private static string Image(string name, string path, string image, string command) => $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: {{name}}
              PackageType: Image
              ImageUri: {{image}}
              Timeout: 5
              ImageConfig: { Command: {{command}} }
              Events: { Call: { Type: Api, Properties: { Path: {{path}}, Method: ANY } } }

        """;
}
