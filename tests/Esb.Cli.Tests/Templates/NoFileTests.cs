using System.Net.Sockets;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>
/// A path that is not a file ends the command with an error that names it; opening a named pipe would block forever.
/// </summary>
internal sealed class NoFileTests : IDisposable
{
    private const string Template = "Resources: { F: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, "
        + "Handler: a.b, Runtime: python3.12 } } }\n";

    private readonly string _root = Directory.CreateTempSubdirectory("esb-nofile-").FullName;

    public NoFileTests()
    {
        Directory.CreateDirectory(At(".git"));
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("template.yaml"), Template);
    }

    public static IEnumerable<Func<(string Kind, string[] Arguments)>> Named()
    {
        foreach (var kind in new[] { "pipe", "socket", "folder", "device" })
        {
            yield return () => (kind, ["validate", "-t", "@"]);
            yield return () => (kind, ["generate", "-t", "@", "-o", "out"]);
            yield return () => (kind, ["deploy", "-t", "@", "--config-dir", "config"]);
            yield return () => (kind, ["validate", "-t", "template.yaml", "--values", "@"]);
            yield return () => (kind, ["deploy", "-t", "template.yaml", "--env-file", "@"]);
            yield return () => (kind, ["deploy", "--from", "@"]);
            yield return () => (kind, ["bundle", "show", "@"]);
            yield return () => (kind, ["invoke", "f", "--event", "@"]);
            yield return () => (kind, ["restore", "@"]);
        }
    }

    [Test]
    [MethodDataSource(nameof(Named))]
    public async Task A_path_that_is_not_a_file_is_reported_and_not_opened(string kind, string[] arguments)
    {
        using var socket = Make(kind, out var path, out var words);
        var result = await RunAsync(
            [.. arguments.Select(a => a == "@" ? path : a is "template.yaml" or "out" or "config" ? At(a) : a)]);
        await Assert.That(result.ExitCode).IsEqualTo(2).Because(result.Error);
        await Assert.That(result.Error).Contains(path).And.Contains(words);
    }

    [Test]
    [Arguments("validate")]
    [Arguments("generate")]
    [Arguments("deploy")]
    public async Task An_empty_name_of_a_template_is_reported(string command)
    {
        var result = await RunAsync([command, "-t", "", .. command == "generate" ? (string[])["-o", At("out")] : []]);
        await Assert.That(result.ExitCode).IsEqualTo(2).Because(result.Error);
        await Assert.That(result.Error).Contains("the name of the template is empty");
    }

    [Test]
    [Arguments("samconfig.toml", Template)]
    [Arguments(
        "api.yaml",
        "Resources: { A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionUri: api.yaml } } }\n")]
    [Arguments(
        "more.yaml", "Resources: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: more.yaml } } }\n")]
    [Arguments(
        "app.yaml", "Resources: { A: { Type: AWS::Serverless::Application, Properties: { Location: app.yaml } } }\n")]
    [Arguments(
        "app.yaml", "Resources: { A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: app.yaml } } }\n")]
    public async Task A_named_pipe_that_a_template_refers_to_is_reported_and_not_opened(
        string pipe,
        string template)
    {
        await File.WriteAllTextAsync(At("template.yaml"), template);
        MakePipe(At(pipe));
        var result = await RunAsync(["validate", "-t", At("template.yaml")]);
        await Assert.That(result.ExitCode).IsEqualTo(2).Because(result.Error);
        await Assert.That(result.Error).Contains(pipe).And.Contains("a named pipe, not a file");
    }

    [Test]
    [Arguments(".environment", "deploy", false)]
    [Arguments(".environment", "list", false)]
    [Arguments(".environment", "doctor", false)]
    [Arguments(".environment", "history", false)]
    [Arguments(".deploy.lock", "deploy", true)]
    [Arguments("functions.yml", "deploy", true)]
    [Arguments("functions.yml", "doctor", false)]
    [Arguments("functions.yml", "history", true)]
    [Arguments("resources.yml", "history", true)]
    [Arguments("routing.yml", "doctor", false)]
    [Arguments(".revisions/1/functions.yml", "history", true)]
    [Arguments(".revisions/1/functions.yml", "prune", false)]
    [Arguments(".revisions/1/revision.json", "history", true)]
    [Arguments(".revisions/1/revision.json", "diff", true)]
    [Arguments(".revisions/1/revision.json", "rollback", true)]
    [Arguments("../state/.code.lock", "deploy", true)]
    public async Task A_named_pipe_instead_of_a_file_of_the_platform_is_not_opened(
        string pipe,
        string command,
        bool isTold)
    {
        var project = Path.Combine(_root, "own");
        foreach (var folder in new[] { "config/.revisions/1", "state", "src" })
            Directory.CreateDirectory(Path.Combine(project, folder));
        foreach (var name in new[] { "functions.yml", "routing.yml", "resources.yml" })
        {
            await File.WriteAllTextAsync(Path.Combine(project, "config", name), "{}");
            await File.WriteAllTextAsync(Path.Combine(project, "config/.revisions/1", name), "{}");
        }

        await File.WriteAllTextAsync(Path.Combine(project, "config/.revisions/1/revision.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(project, "src/a.py"), "def b(event, context): return 1\n");
        await File.WriteAllTextAsync(Path.Combine(project, "template.yaml"), Template);
        await File.WriteAllTextAsync(
            Path.Combine(project, ".env"),
            $"CONFIG_DIR={project}/config\nESB_STATE_DIR={project}/state\nADMIN_PORT=1\n");
        var path = Path.Combine(project, "config", pipe);
        File.Delete(path);
        MakePipe(path);
        string[] arguments = command switch
        {
            "deploy" => ["deploy", "-t", Path.Combine(project, "template.yaml"), "-o", Path.Combine(project, "out")],
            "diff" or "rollback" => [command, "1"],
            _ => [command],
        };
        var result = await RunAsync([.. arguments, "--env-file", Path.Combine(project, ".env")]);
        await Assert.That(result.ExitCode).IsNotEqualTo(70).Because(result.Error);
        if (isTold)
            await Assert.That(result.Error).Contains("is a named pipe, not a file");
    }

    [Test]
    public async Task A_file_behind_links_is_a_file()
    {
        Directory.CreateDirectory(At("src"));
        await File.WriteAllTextAsync(At("src/a.py"), "def handler(event, context): return 1\n");
        File.CreateSymbolicLink(At("first"), "template.yaml");
        File.CreateSymbolicLink(At("second"), "first");
        await Assert.That((await RunAsync(["validate", "-t", At("second")])).ExitCode).IsEqualTo(0);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Socket? Make(string kind, out string path, out string words)
    {
        (path, words) = (At(kind), kind switch
        {
            "pipe" =>
            "a named pipe",
            "socket" => "a socket",
            "device" => "a device",
            _ => "a folder"
        });
        switch (kind)
        {
            case "pipe":
                MakePipe(path);
                break;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            case "device":
                path = "/dev/zero";
                break;
        }

        return null;
    }

    private static void MakePipe(string path)
    {
        using var process = System.Diagnostics.Process.Start("mkfifo", [path]);
        process.WaitForExit();
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            arguments, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return (exitCode, error.ToString());
    }

    private string At(string path) => Path.Combine(_root, path);
}
