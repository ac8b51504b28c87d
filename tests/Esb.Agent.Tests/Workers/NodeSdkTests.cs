using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests.Workers;

/// <summary>The AWS SDK that a release provides for Node.js functions; a function's own copy has precedence.</summary>
public sealed class NodeSdkTests
{
    private const string Client = "node_modules/@aws-sdk/client-s3";

    [Test]
    [Arguments("index.js", "const { whose } = require('@aws-sdk/client-s3'); exports.handler = async () => whose();")]
    [Arguments("index.mjs", "import { whose } from '@aws-sdk/client-s3'; export const handler = async () => whose();")]
    [Arguments("index.mjs", "import s3 from './deep.mjs'; export const handler = async () => s3;")]
    public async Task A_function_without_the_SDK_gets_the_one_of_the_platform(string file, string code)
    {
        await using var stage = await StartAsync();
        var folder = Function(stage, file, code);
        stage.Folder.Folder("code", "deep.mjs", "import { whose } from '@aws-sdk/client-s3'; export default whose();");
        await Assert.That(await CallAsync(stage, folder)).IsEqualTo("\"platform, shared\"");
    }

    [Test]
    [Arguments("index.js", "const { whose } = require('@aws-sdk/client-s3'); exports.handler = async () => whose();")]
    [Arguments("index.mjs", "import { whose } from '@aws-sdk/client-s3'; export const handler = async () => whose();")]
    public async Task A_function_s_own_SDK_comes_before_that_of_the_platform(string file, string code)
    {
        await using var stage = await StartAsync();
        var folder = Function(stage, file, code);
        stage.Folder.Folder("code", Client + "/index.js", "exports.whose = () => 'mine';");
        await Assert.That(await CallAsync(stage, folder)).IsEqualTo("\"mine\"");
    }

    [Test]
    public async Task A_layer_s_SDK_comes_before_that_of_the_platform()
    {
        await using var stage = await StartAsync();
        var folder = Function(
            stage,
            "index.js",
            "const { whose } = require('@aws-sdk/client-s3'); exports.handler = async () => whose();");
        var layer = stage.Folder.Folder("layer", "nodejs/" + Client + "/index.js", "exports.whose = () => 'layer';");
        await Assert.That(await CallAsync(stage, folder, layer)).IsEqualTo("\"layer\"");
    }

    [Test]
    [Arguments("index.js", "require('@aws-sdk/client-sqs'); exports.handler = async () => 1;")]
    [Arguments("index.mjs", "import '@aws-sdk/client-sqs'; export const handler = async () => 1;")]
    public async Task A_client_that_is_not_installed_is_named_with_what_to_do(string file, string code)
    {
        await using var stage = await StartAsync();
        var folder = Function(stage, file, code);
        var started = await stage.Session.StartAsync(stage.Session.Request(
            "nodejs20.x", folder, "index.handler", stage.Api));
        var failure = await stage.Api.InitErrorAsync(started.Address);
        await Assert.That(failure.ErrorType).IsEqualTo("Runtime.ImportModuleError");
        await Assert.That(failure.Body).Contains("@aws-sdk/client-sqs")
            .And.Contains("name it in dependencies of package.json");
    }

    private static async Task<Stage> StartAsync()
    {
        var sdk = Directory.CreateTempSubdirectory("esb-sdk-").FullName;
        foreach (var (path, text) in ((string, string)[])
        [
            ("package.json", "{}"), ("node_modules/@smithy/shared/package.json", """{"main":"./shared.js"}"""),
            ("node_modules/@smithy/shared/shared.js", "exports.name = 'shared';"),
            (Client + "/package.json", """{"main":"./client.js"}"""),
            (Client + "/client.js", "exports.whose = () => `platform, ${require('@smithy/shared').name}`;"),
        ])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(sdk, path))!);
            await File.WriteAllTextAsync(Path.Combine(sdk, path), text);
        }

        return await Stage.SetAsync(("NODE_SDK_DIR", sdk));
    }

    private static string Function(Stage stage, string file, string code) => stage.Folder.Folder("code", file, code);

    private static async Task<string> CallAsync(Stage stage, string folder, params IEnumerable<string> layers)
    {
        var request = stage.Session.Request("nodejs20.x", folder, "index.handler", stage.Api);
        request.Layers.AddRange(layers);
        var started = await stage.Session.StartAsync(request);
        return (await stage.Api.InvokeAsync(started.Address, "{}")).Body;
    }
}
