using Esb.Sam.Generating;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Generating;

public sealed class BuiltFunctionTests
{
    private const string Text = """
        Resources:
          Code:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: ./src, Handler: app.handler, Runtime: python3.12, FunctionName: code, Layers: [!Ref Layer] }
          Other:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: ./src, Handler: app.handler, Runtime: python3.12, FunctionName: other }
          Layer:
            Type: AWS::Serverless::LayerVersion
            Properties: { ContentUri: ./layer, LayerName: layer }

        """;

    [Test]
    public async Task A_function_runs_from_its_artifact_and_the_revision_follows_the_handler()
    {
        var artifact = new FunctionArtifact("/staged/code", null, "12345678", ["/staged/layer"]);

        var built = BuiltFunctions.In(
            Templates.Generate(Text).Functions, new Dictionary<string, FunctionArtifact> { ["code"] = artifact });

        var functions = (YamlMapping)built["functions"]!;
        await Assert.That(YamlTextWriter.Write((YamlMapping)functions["code"]!)).StartsWith("""
            code: /staged/code
            runtime: python3.12
            handler: app.handler
            revision: "12345678"

            """);
        await Assert.That(((YamlSequence)((YamlMapping)functions["code"]!)["layers"]!).Items.Single().ToString())
            .IsEqualTo("/staged/layer");
        await Assert.That(((YamlMapping)functions["other"]!)["code"]!.ToString()).IsEqualTo("./src");
        await Assert.That(((YamlMapping)functions["other"]!).Contains("revision")).IsFalse();
    }

    [Test]
    public async Task A_function_that_became_an_image_names_no_code_and_no_layers()
    {
        var artifact = new FunctionArtifact(null, "esb/code:1", "12345678", []);

        var built = BuiltFunctions.In(
            Templates.Generate(Text).Functions, new Dictionary<string, FunctionArtifact> { ["code"] = artifact });

        var function = (YamlMapping)((YamlMapping)built["functions"]!)["code"]!;
        await Assert.That(function.Entries.Take(2).Select(e => e.Key.Value)).IsEquivalentTo(["image", "runtime"]);
        await Assert.That(function.Contains("code") || function.Contains("layers")).IsFalse();
    }
}
