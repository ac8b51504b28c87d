using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis;

/// <summary>
/// A running check. Each check reads the state of the machine, and evaluates it with a pure function.
/// </summary>
/// <param name="Name">The name on the progress line.</param>
/// <param name="Findings">The findings, in the order of the output.</param>
internal sealed record RunningCheck(string Name, Task<IReadOnlyList<Finding>> Findings);

/// <summary>All checks of <c>esb doctor</c>, in the order of the output. They change nothing.</summary>
internal static class DoctorChecks
{
    /// <summary>Starts all checks in parallel.</summary>
    public static IReadOnlyList<RunningCheck> Begin(
        DiagnosedPlatform platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var inContainers = platform.Settings.IsInContainers;
        List<RunningCheck> parts = [Part("builds", () => BuildsCheck.RunAsync(platform, cancellationToken))];
        if (inContainers)
            parts.Add(Part("engine", () => EngineCheck.RunAsync(platform, cancellationToken)));
        else
            parts.Add(Part("platform", () => PlatformCheck.RunAsync(platform, time, cancellationToken)));
        parts.Add(Part("gateway", () => GatewayCheck.RunAsync(platform, cancellationToken)));
        parts.Add(Part("configuration", () => Done(ConfigurationCheck.Run(platform))));
        if (platform.Settings.Mode == PlatformMode.Docker)
            parts.Add(Part("images", () => ImagesCheck.RunAsync(platform, cancellationToken)));
        if (!inContainers)
            parts.Add(Part("interpreters", () => InterpretersCheck.RunAsync(platform, cancellationToken)));
        parts.AddRange([
            Part("sockets", () => SocketsCheck.RunAsync(platform, cancellationToken)),
            Part("ports", () => Done(PortsCheck.Run(platform))),
            Part("disk", () => Done(DiskCheck.Run(platform))),
            Part("clock", () => Done(ClockCheck.Run(platform, time))),
            Part("permissions", () => Done(PermissionsCheck.Run(platform))),
            Part(
                "settings",
                () => Done(SettingsCheck.Of(
                    [.. MisspeltSettings.Of(platform.Settings), .. SettingsCheck.OfAccessLog(platform.Settings)],
                    platform.Settings.EnvFile.Count))),
            Part("open files", () => Done(LimitsCheck.Run(platform))),
        ]);
        return parts;
    }

    /// <summary>All findings, in order.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        DiagnosedPlatform platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(Begin(platform, time, cancellationToken).Select(part => part.Findings));
        return [.. parts.SelectMany(findings => findings)];
    }

    private static Task<IEnumerable<Finding>> Done(IEnumerable<Finding> findings) => Task.FromResult(findings);

    // A check that fails is reported as a finding; the others still run.
    private static RunningCheck Part(string name, Func<Task<IEnumerable<Finding>>> checkAsync)
    {
        return new RunningCheck(name, Task.Run(RunCheckAsync));

        async Task<IReadOnlyList<Finding>> RunCheckAsync()
        {
            try
            {
                return [.. await checkAsync()];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandFailure)
            {
                return [Finding.Fail(
                    name, $"cannot be checked: {e.Message}", "run esb as the user that started the platform")];
            }
        }
    }
}
