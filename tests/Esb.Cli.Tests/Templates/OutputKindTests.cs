using System.Diagnostics;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>
/// An output path that is not a file or folder is refused before anything is created, and never replaced.
/// </summary>
internal sealed class OutputKindTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-output-").FullName;

    public OutputKindTests()
    {
        Directory.CreateDirectory(At("src"));
        File.WriteAllText(At("src/app.py"), "def handler(event, context): return 1\n");
        File.WriteAllText(
            At("template.yaml"),
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: "
                + "{ FunctionName: f, CodeUri: src/, Handler: app.handler, Runtime: python3.12 } }\n");
        File.WriteAllText(At("settings.env"),
            $"ESB_STATE_DIR={_root}/state\nCONFIG_DIR={_root}/config\n"
                + "GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
    }

    [Test]
    [Arguments("mkfifo out/routing.yml", "out/routing.yml is a named pipe")]
    [Arguments("mkdir out/receipt.json", "out/receipt.json is a folder")]
    [Arguments("ln -s /dev/null out/functions.yml", "out/functions.yml is a link to a device")]
    [Arguments("echo keep > kept && ln -s ../kept out/routing.yml", "out/routing.yml is a link to another place")]
    [Arguments(
        "python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('out/resources.yml')\"",
        "out/resources.yml is a socket")]
    [Arguments("rmdir out && mkfifo out", "out is a named pipe, not a folder")]
    [Arguments("rmdir out && ln -s /dev/null out", "out is a device, not a folder")]
    [Arguments("rmdir out && touch out", "out is a file, not a folder")]
    public async Task Generated_files_replace_only_files(string command, string message)
    {
        Directory.CreateDirectory(At("out"));
        await ShellAsync(command);
        var before = Everything();
        foreach (string[] arguments in (string[][])
            [
                ["generate", "-t", At("template.yaml"), "-o", At("out")],
                ["deploy", "-t", At("template.yaml"), "-o", At("out"), "--env-file", At("settings.env")],
                ["build", "-t", At("template.yaml"), "-o", At("out"), "--env-file", At("settings.env")],
            ])
        {
            var (code, error) = await EsbAsync(arguments);
            await Assert.That(code).IsEqualTo(2).Because(error);
            await Assert.That(error).Contains(message);
            await Assert.That(Everything()).IsEquivalentTo(before);
        }
    }

    [Test]
    [Arguments("mkfifo site.esb", "is a named pipe")]
    [Arguments("mkdir site.esb", "is a folder")]
    [Arguments("ln -s /dev/null site.esb", "is a device")]
    public async Task A_bundle_replaces_only_a_file(string command, string message)
    {
        await ShellAsync(command);
        var before = Everything();
        var (code, error) = await EsbAsync(
            "bundle", "-t", At("template.yaml"), "-o", At("site.esb"), "--env-file", At("settings.env"));
        await Assert.That((code, error.Contains(message, StringComparison.Ordinal))).IsEqualTo((2, true))
            .Because(error);
        await Assert.That(Everything()).IsEquivalentTo(before);
    }

    [Test]
    [Arguments("functions.yml")]
    [Arguments("routing.yml")]
    [Arguments("resources.yml")]
    public async Task A_generated_file_is_readable_by_its_owner_alone(string name)
    {
        Directory.CreateDirectory(At("out"));
        await Assert.That((await EsbAsync("generate", "-t", At("template.yaml"), "-o", At("out"))).Code).IsEqualTo(0);
        await Assert.That(File.GetUnixFileMode(At($"out/{name}")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    [Arguments("generate -t T -o")]
    [Arguments("deploy -t T -o")]
    [Arguments("build -t T -o")]
    [Arguments("bundle -t T -o")]
    [Arguments("deploy --from")]
    [Arguments("deploy -t T --config-dir")]
    [Arguments("deploy -t T --env-file")]
    [Arguments("deploy -t T --project")]
    [Arguments("deploy -t T --env")]
    [Arguments("deploy -t T --mode")]
    [Arguments("validate -t T --values")]
    [Arguments("init")]
    [Arguments("bundle show")]
    [Arguments("support-bundle -o")]
    [Arguments("history --config-dir")]
    [Arguments("prune --env-file")]
    [Arguments("up --env-file")]
    [Arguments("down --project")]
    public async Task An_empty_text_is_not_a_file_or_a_folder(string command)
    {
        var before = Everything();
        var (code, error) = await EsbAsync([.. command.Split(' ').Select(a => a == "T" ? At("template.yaml") : a), ""]);
        await Assert.That((code, error.Contains(" is empty; give it a value", StringComparison.Ordinal)))
            .IsEqualTo((2, true))
            .Because(error);
        await Assert.That(Everything()).IsEquivalentTo(before);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string At(string path) => Path.Combine(_root, path);

    private List<string> Everything() => [
        .. Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
    ];

    private async Task ShellAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _root })!;
        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(0);
    }

    private static async Task<(int Code, string Error)> EsbAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            arguments, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return (code, error.ToString());
    }
}
