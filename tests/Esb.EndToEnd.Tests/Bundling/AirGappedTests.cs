using Esb.EndToEnd.Tests.Platforms;
using Esb.EndToEnd.Tests.Projects;

namespace Esb.EndToEnd.Tests.Bundling;

/// <summary>
/// A bundle that is made on a machine with a network, copied, and deployed on one without. Needs root for the
/// namespace.
/// </summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class AirGappedTests(Platform here)
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Stock:
            Type: AWS::Serverless::SimpleTable
            Properties: { TableName: stock }
          Prices:
            Type: AWS::Serverless::LayerVersion
            Properties: { LayerName: gap-prices, ContentUri: layer/, CompatibleRuntimes: [python3.11] }
          Shop:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: gap-shop
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              Timeout: 30
              Layers: [!Ref Prices]
              Environment: { Variables: { TABLE: !Ref Stock } }
              Events: { Call: { Type: HttpApi, Properties: { Path: /shop, Method: GET } } }
        """;

    private const string Code = """
        import os, socket
        import esb_gap, prices

        def handler(event, context):
            try:
                socket.create_connection(("192.0.2.1", 80), timeout=5)
                network = "a network"
            except OSError as error:
                network = os.strerror(error.errno)
            return f"{esb_gap.text}, {prices.of('tea')}, {os.environ['TABLE']}, {network}"
        """;

    private const string Second = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Hello:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: gap-hello
              InlineCode: "def handler(event, context): return 'hello'"
              Handler: index.handler
              Runtime: python3.11
              Events: { Call: { Type: HttpApi, Properties: { Path: /hello, Method: GET } } }
        """;

    [Test]
    public async Task A_bundle_is_deployed_and_answers_on_a_machine_without_any_route()
    {
        await using var there = await NetworklessMachine.StartAsync();
        there.Stop = () => there.RunAsync(Binaries.Esb, "down");
        var (made, copied) =
            (Path.Combine(Path.GetDirectoryName(Project())!, "made.esb"), Path.Combine(there.Home, "site.esb"));
        var bundled = await here.EsbAsync(
            "bundle", "-t", Project(), "-t", here.Write("gap-b", Second), "--env", "prod", "-o", made);
        await Assert.That(bundled.ExitCode).IsEqualTo(0).Because(bundled.ToString());
        File.Copy(made, copied);

        await Assert.That((await there.RunAsync("ip", "route")).Output).IsEmpty();
        await there.EsbAsync("bundle", "load", copied);
        await there.EsbAsync("up");
        var deployed = await there.EsbAsync("deploy", "--from", copied);

        await Assert.That(deployed.Output).Contains("tables       stock created").And.Contains("Live in ");
        await Assert.That(await there.GetAsync("/shop")).IsEqualTo("hello, 7, stock, Network is unreachable");
        await Assert.That(await there.GetAsync("/hello")).IsEqualTo("hello");
        await Assert.That((await there.EsbAsync("deploy", "--from", copied)).Output).Contains("Nothing to do");
    }

    private string Project()
    {
        var template = here.Write("gap", Template, ("src/app.py", Code), (
            "layer/python/prices.py", "def of(what): return {'tea': 7}[what]\n"));
        var source = Path.Combine(Path.GetDirectoryName(template)!, "src");
        var wheel = Wheel.Write(Path.Combine(source, "vendor"), "esb_gap", "text = 'hello'\n");
        File.WriteAllText(Path.Combine(source, "requirements.txt"), $"--no-index\n./vendor/{wheel}\n");
        return template;
    }
}
