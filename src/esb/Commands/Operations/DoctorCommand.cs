using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Diagnosis;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Logs;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb doctor</c>: checks everything that the platform needs and advises; changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("doctor", "Check everything that the platform needs, with advice.")
        {
            CommonOptions.Mode, CommonOptions.Json,
        };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettingsOnly(result);
            var json = result.GetValue(CommonOptions.Json);
            return RunAsync(settings, json, screen, TimeProvider.System, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PlatformSettings settings, bool json, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var platform = DiagnosedPlatform.Of(settings, ProductVersion.Text);
        var parts = DoctorChecks.Begin(platform, time, cancellationToken);
        List<Finding> all = [];
        foreach (var part in parts)
        {
            var findings = await WaitAsync(part, json, screen);
            all.AddRange(findings);
            foreach (var line in json ? [] : findings.SelectMany(finding => DoctorText.Lines(
                finding, screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue, screen.Paint)))
                screen.Line(line);
        }

        screen.Line(json
            ? new DoctorDocument(ProductVersion.Text, settings.Mode.Name, settings.Project, time.GetUtcNow(), all)
                .ToJson()
            : DoctorText.Summary(all));
        return all.Exists(finding => finding.Verdict == Verdict.Fail) ? ExitCode.Failure : ExitCode.Done;
    }

    // ECMA-48, EL: erases the line with the name of the running check when its findings arrive.
    private static async Task<IReadOnlyList<Finding>> WaitAsync(RunningCheck part, bool json, Screen screen)
    {
        if (json || !screen.Traits.IsInteractive || part.Findings.IsCompleted)
            return await part.Findings;
        await screen.Output.WriteAsync($"{VisibleWriter.Return}{screen.Paint.Dim($"      {part.Name} …")}");
        await screen.Output.FlushAsync();
        try
        {
            return await part.Findings;
        }
        finally
        {
            await screen.Output.WriteAsync(VisibleWriter.Return + VisibleWriter.Sequence("K"));
        }
    }
}
