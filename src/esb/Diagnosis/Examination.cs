using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis;

/// <summary>One thing that is looked at: a reading of the machine, and what a pure function makes of it.</summary>
/// <param name="Name">What is said while it takes time.</param>
/// <param name="Findings">In the order of the screen.</param>
internal sealed record ExaminationPart(string Name, Task<IReadOnlyList<Finding>> Findings);

/// <summary>All that <c>esb doctor</c> looks at, in its order. It changes nothing.</summary>
internal static class Examination
{
    /// <summary>Begins to look at everything at once.</summary>
    public static IReadOnlyList<ExaminationPart> Begin(Patient patient, TimeProvider time, CancellationToken cancellationToken)
    {
        var inContainers = patient.Settings.IsInContainers;
        List<ExaminationPart> parts = [Part("builds", () => BuildsCheck.RunAsync(patient, cancellationToken))];
        if (inContainers)
            parts.Add(Part("engine", () => EngineCheck.RunAsync(patient, cancellationToken)));
        else
            parts.Add(Part("platform", () => PlatformCheck.RunAsync(patient, time, cancellationToken)));
        parts.Add(Part("gateway", () => GatewayCheck.RunAsync(patient, cancellationToken)));
        parts.Add(Part("configuration", () => Done(ConfigurationCheck.Run(patient))));
        if (patient.Settings.Mode == PlatformMode.Docker)
            parts.Add(Part("images", () => ImagesCheck.RunAsync(patient, cancellationToken)));
        if (!inContainers)
            parts.Add(Part("interpreters", () => InterpretersCheck.RunAsync(patient, cancellationToken)));
        parts.AddRange([
            Part("sockets", () => SocketsCheck.RunAsync(patient, cancellationToken)),
            Part("ports", () => Done(PortsCheck.Run(patient))),
            Part("disk", () => Done(DiskCheck.Run(patient))),
            Part("clock", () => Done(ClockCheck.Run(patient, time))),
            Part("permissions", () => Done(PermissionsCheck.Run(patient))),
            Part("settings", () => Done(SettingsCheck.Of(MisspeltSettings.Of(patient.Settings), patient.Settings.EnvFile.Count))),
            Part("open files", () => Done(LimitsCheck.Run(patient))),
        ]);
        return parts;
    }

    /// <summary>All findings, in order.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, TimeProvider time, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(Begin(patient, time, cancellationToken).Select(part => part.Findings));
        return [.. parts.SelectMany(findings => findings)];
    }

    private static Task<IEnumerable<Finding>> Done(IEnumerable<Finding> findings) => Task.FromResult(findings);

    // What cannot be looked at is a finding too: the rest is still worth knowing.
    private static ExaminationPart Part(string name, Func<Task<IEnumerable<Finding>>> lookAsync)
    {
        return new ExaminationPart(name, Task.Run(LookAsync));

        async Task<IReadOnlyList<Finding>> LookAsync()
        {
            try
            {
                return [.. await lookAsync()];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandFailure)
            {
                return [Finding.Fail(name, $"cannot be looked at: {e.Message}", "run esb as the user that started the platform")];
            }
        }
    }
}
