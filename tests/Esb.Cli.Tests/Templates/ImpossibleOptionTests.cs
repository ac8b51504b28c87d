using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>Options that a deploy refuses are refused by a dry run and by commands that only read, too.</summary>
internal sealed class ImpossibleOptionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-options-").FullName;

    public ImpossibleOptionTests() => File.WriteAllText(At("template.yaml"), """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              InlineCode: "def handler(event, context): pass"
              Handler: index.handler
              Runtime: python3.11
        """);

    [Test]
    [Arguments("template.yaml")]
    [Arguments("template.yaml/below")]
    public async Task An_impossible_configuration_folder_is_refused_by_a_dry_run_too(string folder)
    {
        string[] deploy = ["deploy", "-t", At("template.yaml"), "-o", At("out"), "--config-dir", At(folder)];
        foreach (var arguments in (string[][])[deploy, [.. deploy, "--dry-run"]])
        {
            var (exitCode, error) = await RunAsync(arguments);
            await Assert.That(exitCode).IsEqualTo(1).Because(error);
            await Assert.That(error).Contains($"'{At("template.yaml")}' is not a folder");
        }
    }

    [Test]
    public async Task A_dry_run_creates_no_configuration_folder()
    {
        var (exitCode, error) = await RunAsync(
            ["deploy", "-t", At("template.yaml"), "-o", At("out"), "--config-dir", At("config"), "--dry-run"]);
        await Assert.That(exitCode).IsEqualTo(0).Because(error);
        await Assert.That(Directory.Exists(At("config"))).IsFalse();
    }

    [Test]
    [Arguments("generate")]
    [Arguments("validate")]
    [Arguments("deploy")]
    public async Task An_invalid_name_of_an_environment_is_refused_by_every_command(string command)
    {
        string[] output = command == "validate" ? [] : ["-o", At("out")];
        var (exitCode, error) = await RunAsync([command, "-t", At("template.yaml"), "--env", "x/y", .. output]);
        await Assert.That(exitCode).IsEqualTo(2).Because(error);
        await Assert.That(error).Contains("--env").And.Contains("x/y");
        await Assert.That(Directory.Exists(At("out"))).IsFalse();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<(int ExitCode, string Error)> RunAsync(string[] arguments)
    {
        await File.WriteAllTextAsync(At("test.env"), $"ESB_STATE_DIR={_root}/state\n");
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = arguments[0] is "generate" or "validate" ? [] : ["--env-file", At("test.env")];
        var screen = new Screen(output, error, ScreenTraits.Plain);
        var exitCode = await CommandLine.RunAsync([.. arguments, .. settings], screen, CancellationToken.None);
        return (exitCode, error.ToString());
    }

    private string At(string path) => Path.Combine(_root, path);
}
