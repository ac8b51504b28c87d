using System.Text;
using CliWrap;
using Esb.Cli.Processes;

namespace Esb.Cli.Systemd;

/// <summary>The systemd manager of a user: the machine's for root, otherwise the user's own.</summary>
/// <param name="IsSystem">Whether it is the machine's.</param>
/// <param name="UnitFolder">The folder for units of an administrator, or of this user.</param>
internal sealed record SystemdManager(bool IsSystem, string UnitFolder)
{
    // sd_booted(3): this folder exists when systemd runs the machine.
    private const string Mark = "/run/systemd/system";
    private const string SystemUnits = "/etc/systemd/system";

    /// <exception cref="CommandFailure">systemd does not run here.</exception>
    public static SystemdManager Find(bool isRoot, Func<string, string?> environment, string mark = Mark)
    {
        if (!Directory.Exists(mark))
            throw CommandFailure.Environment(
                "systemd does not run this machine", "esb up without --systemd starts the platform, esb down stops it");
        if (Executables.Find("systemctl") is null)
            throw CommandFailure.Environment(
                "systemctl is not on the PATH", "esb up without --systemd starts the platform, esb down stops it");
        return Of(isRoot, environment);
    }

    /// <summary>The manager, whether or not systemd runs.</summary>
    public static SystemdManager Of(bool isRoot, Func<string, string?> environment)
    {
        if (isRoot)
            return new SystemdManager(true, SystemUnits);
        var configuration = environment("XDG_CONFIG_HOME") is { } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(environment("HOME") ?? "/", ".config");
        return new SystemdManager(false, Path.Combine(configuration, "systemd", "user"));
    }

    /// <summary>The command as typed.</summary>
    public string Spelling => IsSystem ? "systemctl" : "systemctl --user";

    /// <exception cref="CommandFailure">systemctl failed; its output is in the details.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var result = await CliWrap.Cli.Wrap(Executables.Find("systemctl")!)
            .WithArguments(IsSystem ? arguments : ["--user", .. arguments])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        if (result.ExitCode == 0)
            return;
        var failure = CommandFailure.Environment(
            $"{Spelling} {string.Join(' ', arguments)} ended with exit code {result.ExitCode}",
            $"journalctl {(IsSystem ? "" : "--user ")}-e says what the units wrote");
        throw failure.WithDetails(
            [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(10)]);
    }
}
