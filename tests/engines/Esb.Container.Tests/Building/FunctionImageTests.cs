using System.IO.Compression;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Building;

/// <summary>The content of the image of a function.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class FunctionImageTests(ContainerPlatform platform)
{
    [Test]
    public async Task Requirements_are_installed_for_the_runtime_and_code_takes_precedence_over_them()
    {
        var template = platform.Write(
            "wheel",
            Templates.Function("wheel", "/wheel"),
            ("src/app.py", "import greeting\n\ndef handler(event, context):\n    return {'statusCode': 200, 'body': "
                + "greeting.TEXT}\n"),
            ("src/requirements.txt", "--no-index\n--find-links wheels\ngreeting==1.0\n"));
        Wheel(
            Path.Combine(Path.GetDirectoryName(template)!, "src/wheels/greeting-1.0-py3-none-any.whl"),
            "greeting.py",
            "TEXT = 'from a wheel'\n");
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/wheel")).IsEqualTo("from a wheel");
    }

    [Test]
    public async Task Layers_are_in_opt_and_files_of_a_later_one_replace_those_of_an_earlier_one()
    {
        var template = platform.Write(
            "layered",
            Templates.Function("layered", "/layered", more: """
                  Layers: [!Ref Low, !Ref High]
              Low:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: low, ContentUri: low }
              High:
                Type: AWS::Serverless::LayerVersion
                Properties: { LayerName: high, ContentUri: high }
            """ + "\n"),
            ("src/app.py", "import both, only_low\n\ndef handler(event, context):\n    return {'statusCode': 200, "
                + "'body': both.TEXT + only_low.TEXT}\n"),
            ("low/python/both.py", "TEXT = 'low'\n"),
            ("low/python/only_low.py", "TEXT = '+low'\n"),
            ("high/python/both.py", "TEXT = 'high'\n"));
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/layered")).IsEqualTo("high+low");
    }

    [Test]
    public async Task A_custom_runtime_runs_the_bootstrap_that_came_with_the_code()
    {
        var template = platform.Write(
            "custom",
            Templates.Function("custom", "/custom")
                .Replace("Runtime: python3.11", "Runtime: provided.al2023", StringComparison.Ordinal),
            ("src/answer.txt", "by a shell script"),
            ("src/bootstrap", """
                #!/bin/sh
                api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
                while :; do
                  id=$(curl -sS -o /tmp/event -D - "$api/next" | tr -d '\r' | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
                  curl -sS -o /dev/null "$api/$id/response" -d "{\"statusCode\":200,\"body\":\"$(cat "$LAMBDA_TASK_ROOT/answer.txt")\"}"
                done
                """));
        File.SetUnixFileMode(
            Path.Combine(Path.GetDirectoryName(template)!, "src/bootstrap"), (UnixFileMode)0b111_101_101);
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/custom")).IsEqualTo("by a shell script");
    }

    [Test]
    public async Task An_image_function_is_built_from_its_Dockerfile_and_built_again_only_after_a_change()
    {
        string Template() => """
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Own:
                Type: AWS::Serverless::Function
                Metadata: { DockerContext: image, Dockerfile: Dockerfile.own, DockerBuildArgs: { GREETING: hello } }
                Properties:
                  FunctionName: own-image
                  PackageType: Image
                  Events: { Call: { Type: HttpApi, Properties: { Path: /own-image, Method: get } } }

            """;
        (string, string)[] Files(string text) =>
        [
            ("image/Dockerfile.own", "FROM esb-e2e/lambda/python:3.11\nARG GREETING\nENV GREETING=$GREETING\nCOPY "
                + "app.py /var/task/\nCMD [\"app.handler\"]\n"),
            (
                "image/app.py",
                $"import os\n\ndef handler(event, context):\n    return os.environ['GREETING'] + ' {text}'\n"),
        ];
        var template = platform.Write("own-image", Template(), Files("one"));
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/own-image")).IsEqualTo("hello one");
        await Assert.That((await platform.DeployAsync(template)).Output).Contains("Nothing to do");
        await platform.DeployAsync(platform.Write("own-image", Template(), Files("two")));
        await Assert.That(await platform.Client.GetStringAsync("/own-image")).IsEqualTo("hello two");
    }

    [Test]
    public async Task An_existing_image_is_run_with_its_own_configuration()
    {
        await platform.AskDockerAsync("image", "tag", "esb-e2e/lambda/python:3.11", $"{Mode.Run}/ready:1");
        await platform.DeployAsync(platform.Write("ready", $$"""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Ready:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: ready
                  PackageType: Image
                  ImageUri: {{Mode.Run}}/ready:1
                  ImageConfig: { Command: [os.path.basename] }

            """));
        var result = await platform.EsbAsync("invoke", "ready", "--event", "\"x\"");
        // os.path.basename takes one argument, and Lambda passes two: the message shows that the command was used.
        await Assert.That(result.Output).Contains("basename() takes 1 positional argument but 2 were given");
    }

    [Test]
    public async Task Functions_written_by_hand_are_served_without_a_deploy()
    {
        await using var own = new ContainerPlatform();
        await own.InitializeAsync();
        await own.DeployAsync(own.Write(
            "hand", Templates.Function("by-machine", "/by-machine"), ("src/app.py", Templates.Answer("by hand"))));
        var image = File.ReadLines(Path.Combine(own.ConfigurationFolder, "functions.yml"))
            .Single(l => l.TrimStart().StartsWith("image:", StringComparison.Ordinal))
            .Trim();
        await File.WriteAllTextAsync(
            Path.Combine(own.ConfigurationFolder, "functions.yml"),
            $"functions:\n  hand:\n    {image}\n    handler: app.handler\n");
        await File.WriteAllTextAsync(
            Path.Combine(own.ConfigurationFolder, "routing.yml"), "routes:\n  - { path: /hand, function: hand }\n");
        await Eventually.TrueAsync(async () => (await own.Client.GetAsync("/hand")).IsSuccessStatusCode);
        await Assert.That(await own.Client.GetStringAsync("/hand")).IsEqualTo("by hand");
    }

    // Source: PyPA, "Binary distribution format".
    private static void Wheel(string path, string module, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }

        Add(module, text);
        Add("greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n");
        Add(
            "greeting-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add(
            "greeting-1.0.dist-info/RECORD",
            $"{module},,\ngreeting-1.0.dist-info/METADATA,,\n"
                + "greeting-1.0.dist-info/WHEEL,,\ngreeting-1.0.dist-info/RECORD,,\n");
    }
}
