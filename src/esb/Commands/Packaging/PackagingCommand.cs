using System.CommandLine;
using System.Globalization;
using Esb.Cli.Platform;
using Esb.Cli.Systemd;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Packaging;

/// <summary>
/// <c>esb packaging FOLDER</c>: writes the manual pages and the systemd units for packages. Hidden, since only
/// <c>scripts/release.sh</c> runs it.
/// </summary>
internal static class PackagingCommand
{
    private static readonly Argument<string> Folder =
        new("folder") { Description = "Where man1/ and systemd/ are created", HelpName = "FOLDER" };

    private static readonly UnitSetting Packaged =
        new("esb", "/usr/bin/esb", ["--env-file", "/etc/esb/esb.env"], "multi-user.target") { User = "esb" };

    public static Command Create(Screen screen, string version)
    {
        var command = new Command("packaging", "Write the manual pages and the units of a package.") { Folder };
        command.Hidden = true;
        command.SetAction(result =>
        {
            var folder = result.GetRequiredValue(Folder);
            WritePages(
                result.RootCommandResult.Command,
                new ManualPage(Date(), version),
                Directory.CreateDirectory(Path.Combine(folder, "man1")).FullName);
            WriteUnits(Directory.CreateDirectory(Path.Combine(folder, "systemd")).FullName);
            screen.Line($"written to {folder}");
        });
        return command;
    }

    private static void WritePages(Command root, ManualPage page, string folder)
    {
        foreach (var command in root.Subcommands.Where(command => !command.Hidden).Prepend(root))
            File.WriteAllText(Path.Combine(folder, $"{ManualPage.Name(command)}.1"), page.Text(command));
    }

    private static void WriteUnits(string folder)
    {
        var kinds = ComponentNames.Started;
        foreach (var kind in kinds)
            File.WriteAllText(Path.Combine(folder, UnitFile.Name(Packaged, kind)), UnitFile.Service(Packaged, kind));
        File.WriteAllText(Path.Combine(folder, UnitFile.TargetName(Packaged)), UnitFile.Target(Packaged, kinds));
    }

    // reproducible-builds.org, "SOURCE_DATE_EPOCH": the same sources make the same pages.
    private static string Date()
    {
        var given = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        var date = long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : TimeProvider.System.GetUtcNow();
        return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
