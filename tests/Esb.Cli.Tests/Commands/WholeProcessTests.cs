using System.Diagnostics;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Commands;

internal sealed class WholeProcessTests
{
    [Test]
    public async Task The_command_alone_prints_five_lines_with_the_next_step()
    {
        using var process = Start();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(0);
        await Assert.That(output.TrimEnd().Split('\n').Length).IsEqualTo(5);
        await Assert.That(output).Contains("esb up");
    }

    [Test]
    public async Task Following_logs_ends_when_its_output_is_closed()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        using var process = Start("logs", "-f", "--env-file", platform.EnvFile);
        await Assert.That(await process.StandardOutput.ReadLineAsync()).EndsWith("first");
        process.StandardOutput.Close();
        await Eventually.TrueAsync(() => process.HasExited);
        await Assert.That(process.ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Ctrl_C_ends_following_without_an_error()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        using var process = Start("logs", "-f", "--env-file", platform.EnvFile);
        await process.StandardOutput.ReadLineAsync();
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await Eventually.TrueAsync(() => process.HasExited);
        await Assert.That(process.ExitCode).IsEqualTo(0);
        await Assert.That(await process.StandardError.ReadToEndAsync()).IsEqualTo("");
    }

    [Test]
    public async Task A_shell_completes_commands_options_and_the_names_of_functions()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        await Assert.That(await SuggestedAsync("esb sta")).IsEqualTo("status\n");
        await Assert.That(await SuggestedAsync("esb routes --js")).IsEqualTo("--json\n");
        // The timeout for names is short, so that a shell never waits; on a busy machine a second attempt may be
        // needed.
        var names = "";
        await Eventually.TrueAsync(async () =>
            (names = await SuggestedAsync($"esb invoke --env-file {platform.EnvFile} order")).Trim().Length > 0);
        await Assert.That(names).IsEqualTo("orders-get\norders-report\n");
    }

    [Test]
    public async Task Generate_reads_a_template_for_the_region_that_a_deploy_would_use()
    {
        var folder = Directory.CreateTempSubdirectory("esb-region-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "template.yaml"), """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Here:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: python3.11
                  Handler: index.handler
                  InlineCode: "def handler(event, context): pass"
                  FunctionName: !Sub here-${AWS::Region}
            """);
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "esb"), ["generate", "-o", "out"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["AWS_REGION"] = "eu-central-1" },
        })!;
        await process.WaitForExitAsync();
        var functions = await File.ReadAllTextAsync(Path.Combine(folder, "out", "functions.yml"));
        Directory.Delete(folder, recursive: true);
        await Assert.That(functions).Contains("here-eu-central-1");
    }

    private static async Task<string> SuggestedAsync(string line)
    {
        using var process = Start($"[suggest:{line.Length}]", line);
        return await process.StandardOutput.ReadToEndAsync();
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "esb"), args)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}
