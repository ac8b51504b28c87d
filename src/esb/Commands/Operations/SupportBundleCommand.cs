using System.CommandLine;
using System.Globalization;
using Esb.Cli.Commands.Options;
using Esb.Cli.Diagnosis;
using Esb.Cli.Settings;
using Esb.Cli.SupportBundles;
using Esb.Cli.Terminal;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb support-bundle</c>: writes one file without secrets, for somebody who helps.</summary>
internal static class SupportBundleCommand
{
    private const int DefaultMegabytes = 20;
    private const int MaxMegabytes = 2_000;

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The file to write (default: esb-support-TIME.tar.gz here)",
        HelpName = "FILE",
    };

    private static readonly Option<int> Logs = new("--logs")
    {
        Description = "How many MB of logs, the newest first",
        HelpName = "MB",
        DefaultValueFactory = _ => DefaultMegabytes,
    };

    public static Command Create(Screen screen)
    {
        var command = new Command("support-bundle", "Pack logs, status and configuration without secrets into "
            + "one file.") { Output, Logs, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var given = result.GetValue(Logs).ToString(CultureInfo.InvariantCulture);
            var megabytes = (int)WholeNumber.Parse("--logs", given, 0, MaxMegabytes, "a number of megabytes");
            var settings = CommonOptions.ReadSettingsOnly(result);
            return RunAsync(settings, result.GetValue(Output), megabytes, screen, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PlatformSettings settings, string? output, int megabytes, Screen screen, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var name = $"esb-support-{time.GetUtcNow():yyyyMMdd-HHmmss}";
        var path = Path.GetFullPath(output ?? $"{name}.tar.gz");
        ProjectLinks.Refuse(path);
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            throw BundleArchive.Exists(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw CommandFailure.Usage(
                $"{path} cannot be written: there is no folder {Path.GetDirectoryName(path)}",
                "create it, or name a file in another folder with -o");
        var platform = DiagnosedPlatform.Of(settings, ProductVersion.Text);
        var secrets = KnownSecrets.Of(platform);
        var redaction = new Redaction(secrets.Values, secrets.Visible);
        BundleContents contents;
        using (var lines = new LiveLines(screen, time))
        {
            var line = lines.Add("collecting");
            contents = await new BundleCollection(platform, secrets, redaction, time)
                .RunAsync(megabytes * 1_000_000L, cancellationToken);
            line.Finish($"collected   {contents.Entries.Count} files");
        }

        var readme = new BundleEntry(
            "README.txt", redaction.Apply(BundleText.Readme(platform, time.GetUtcNow(), contents, secrets)));
        await BundleArchive.WriteAsync(path, name, [readme, .. contents.Entries], time.GetUtcNow(), cancellationToken);
        foreach (var text in BundleText.Lines(path, new FileInfo(path).Length, contents, secrets, redaction.Count))
            screen.Line(text);
        return ExitCode.Done;
    }
}
