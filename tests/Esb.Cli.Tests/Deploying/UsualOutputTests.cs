using System.Diagnostics;

namespace Esb.Cli.Tests.Deploying;

/// <summary>Where generated files are written if no folder is named, in a checkout that contains links.</summary>
internal sealed class UsualOutputTests
{
    [Test]
    [Arguments("ln -s ../victim .esb")]
    [Arguments("mkdir .esb && ln -s ../../victim .esb/dev")]
    [Arguments("mkdir -p .esb/dev && ln -s ../../../victim/functions.yml .esb/dev/functions.yml")]
    public async Task A_link_of_a_checkout_is_not_written_through(string command)
    {
        var root = Directory.CreateTempSubdirectory("esb-usual-").FullName;
        foreach (var folder in (string[])["victim", "project/src"])
            Directory.CreateDirectory(Path.Combine(root, folder));
        var project = Path.Combine(root, "project");
        await File.WriteAllTextAsync(Path.Combine(root, "victim/functions.yml"), "keep\n");
        await File.WriteAllTextAsync(Path.Combine(project, "src/app.py"), "def handler(event, context): return 1\n");
        await File.WriteAllTextAsync(
            Path.Combine(project, "template.yaml"),
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: "
                + "{ FunctionName: f, CodeUri: src/, Handler: app.handler, Runtime: python3.12 } }\n");
        await File.WriteAllTextAsync(
            Path.Combine(root, "settings.env"),
            $"ESB_STATE_DIR={root}/state\nCONFIG_DIR={root}/config\nGATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
        await RunAsync(project, "sh", "-c", command);
        // In a separate process, because the current folder is that of the shell.
        var (code, error) = await RunAsync(
            project, "dotnet", Path.Combine(AppContext.BaseDirectory, "esb.dll"), "deploy", "--env-file", Path.Combine(
                root, "settings.env"));
        await Assert.That(code).IsEqualTo(2).Because(error);
        await Assert.That(error).Contains(" is a link");
        await Assert.That(Directory.GetFileSystemEntries(Path.Combine(root, "victim")).Length).IsEqualTo(1);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(root, "victim/functions.yml"))).IsEqualTo("keep\n");
        Directory.Delete(root, recursive: true);
    }

    private static async Task<(int Code, string Error)> RunAsync(
        string folder,
        string program,
        params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
