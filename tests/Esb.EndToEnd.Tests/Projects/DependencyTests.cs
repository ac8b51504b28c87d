using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>Code with dependencies: from layers, and from pip and npm.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class DependencyTests(Platform platform)
{
    [Test]
    public async Task Python_imports_from_its_layer_and_its_requirements()
    {
        const string Template = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Prices:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: shop-prices, ContentUri: layer/, CompatibleRuntimes: [python3.11] }
              Shop:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: shop
                  CodeUri: src/
                  Handler: app.handler
                  Runtime: python3.11
                  Layers: [!Ref Prices]
                  Events: { Call: { Type: HttpApi, Properties: { Path: /shop, Method: GET } } }
            """;
        const string Code = """
            from importlib.metadata import version
            import esb_greeting, prices

            def handler(event, context):
                return f"{esb_greeting.text} {version('esb-greeting')}, {prices.of('tea')}"
            """;
        var template = platform.Write("shop", Template, ("src/app.py", Code), (
            "layer/python/prices.py", "def of(what): return {'tea': 7}[what]\n"));
        var source = Path.Combine(Path.GetDirectoryName(template)!, "src");
        var wheel = Wheel.Write(Path.Combine(source, "vendor"), "esb_greeting", "text = 'hello'\n");
        await File.WriteAllTextAsync(
            Path.Combine(source, "requirements.txt"),
            $"# no index: this machine may be offline\n--no-index\n./vendor/{wheel}\n");
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/shop")).IsEqualTo("hello 1.0, 7");
    }

    [Test]
    public async Task Layers_with_a_build_method_contain_their_dependencies()
    {
        const string Template = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Snakes:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: built-python, ContentUri: python-layer/ }
                Metadata: { BuildMethod: python3.11 }
              Knots:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: built-node, ContentUri: node-layer/ }
                Metadata: { BuildMethod: nodejs20.x }
              Made:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: built-make, ContentUri: make-layer/ }
                Metadata: { BuildMethod: makefile }
              Python:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: layered-python
                  InlineCode: "import esb_farewell, prices, made\ndef handler(event, context): return f'{esb_farewell.text} {prices.tea} {made.by}'"
                  Handler: index.handler
                  Runtime: python3.11
                  Layers: [!Ref Snakes, !Ref Made]
                  Events: { Call: { Type: HttpApi, Properties: { Path: /layered/python, Method: GET } } }
              Node:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: layered-node
                  InlineCode: "const greeting = require('greeting'); exports.handler = async () => greeting.text;"
                  Handler: index.handler
                  Runtime: nodejs20.x
                  Layers: [!Ref Knots]
                  Events: { Call: { Type: HttpApi, Properties: { Path: /layered/node, Method: GET } } }
            """;
        var template = platform.Write(
            "layered",
            Template,
            ("python-layer/prices.py", "tea = 7\n"),
            (
                "node-layer/package.json",
                """{ "name": "knots", "version": "1.0.0", "dependencies": { "greeting": "file:greeting" } }"""),
            ("node-layer/greeting/package.json", """{ "name": "greeting", "version": "1.0.0" }"""),
            ("node-layer/greeting/index.js", "exports.text = 'hello';\n"),
            ("make-layer/Makefile", "build-Made:\n\tmkdir -p $(ARTIFACTS_DIR)/python\n\techo \"by = 'make'\" > "
                + "$(ARTIFACTS_DIR)/python/made.py\n"));
        var source = Path.Combine(Path.GetDirectoryName(template)!, "python-layer");
        var wheel = Wheel.Write(Path.Combine(source, "vendor"), "esb_farewell", "text = 'goodbye'\n");
        await File.WriteAllTextAsync(Path.Combine(source, "requirements.txt"), $"--no-index\n./vendor/{wheel}\n");
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/layered/python")).IsEqualTo("goodbye 7 make");
        await Assert.That(await platform.Client.GetStringAsync("/layered/node")).IsEqualTo("hello");
    }

    [Test]
    public async Task Files_next_to_the_code_of_a_function_exist_when_it_runs()
    {
        const string Template = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Beside:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: beside
                  CodeUri: src/
                  Handler: index.handler
                  Runtime: nodejs20.x
                  Events: { Call: { Type: HttpApi, Properties: { Path: /beside, Method: GET } } }
            """;
        var template = platform.Write(
            "beside",
            Template,
            ("src/index.js", "exports.handler = async () => `${require('lib').text} ${require('./common/name')}`;\n"),
            (
                "src/package.json",
                """{ "name": "beside", "version": "1.0.0", "dependencies": { "lib": "file:../lib" } }"""),
            ("lib/package.json", """{ "name": "lib", "version": "1.0.0" }"""),
            ("lib/index.js", "exports.text = 'hello';\n"),
            ("common/name.js", "module.exports = 'common';\n"));
        File.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(template)!, "src", "common"), "../common");
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/beside")).IsEqualTo("hello common");
    }

    [Test]
    public async Task Node_gets_the_version_that_its_lock_file_names()
    {
        const string Template = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Locked:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: locked
                  CodeUri: src/
                  Handler: index.handler
                  Runtime: nodejs20.x
                  Events: { Call: { Type: HttpApi, Properties: { Path: /locked, Method: GET } } }
            """;
        // Without the lock file, the newest 2.x would be installed, which is later.
        const string Package = """{ "name": "locked", "version": "1.0.0", "dependencies": { "ms": "^2.0.0" } }""";
        const string Lock = """
            {
              "name": "locked",
              "version": "1.0.0",
              "lockfileVersion": 3,
              "requires": true,
              "packages": {
                "": { "name": "locked", "version": "1.0.0", "dependencies": { "ms": "^2.0.0" } },
                "node_modules/ms": {
                  "version": "2.1.1",
                  "integrity": "sha512-tgp+dl5cGk28utYktBsrFqA7HKgrhgPsg6Z/EfhWI4gl1Hwq8B/GmY/0oXZ6nF8hDVesS/FpnYaD/kOWhYQvyg=="
                }
              }
            }
            """;
        const string Code = "const ms = require('ms');\nexports.handler = async () => `${ms('2 days')} "
            + "${require('ms/package.json').version}`;\n";
        await platform.DeployAsync(platform.Write(
            "locked",
            Template,
            ("src/index.js", Code),
            ("src/package.json", Package),
            ("src/package-lock.json", Lock)));
        await Assert.That(await platform.Client.GetStringAsync("/locked")).IsEqualTo("172800000 2.1.1");
    }
}
