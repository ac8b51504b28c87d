using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>Checks that every setting for ESB in <c>.env</c> and the environment is known.</summary>
internal static class SettingsCheck
{
    private const string Name = "settings";

    /// <param name="misspelt">The diagnostics of unknown names.</param>
    /// <param name="count">The number of settings in <c>.env</c>.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<Diagnostic> misspelt, int count) => misspelt.Count == 0
        ? [Finding.Ok(Name, count == 0 ? "no .env" : count == 1 ? "1 in .env" : $"{count} in .env")]
        : misspelt.Select(Of);

    /// <summary>The error about an access log that the gateway cannot write.</summary>
    public static IEnumerable<Diagnostic> OfAccessLog(PlatformSettings settings)
    {
        if (!settings.IsInContainers && AccessLogFile.Objection(
            Environment.GetEnvironmentVariable(AccessLogFile.Setting)
                ?? settings.EnvFile.GetValueOrDefault(AccessLogFile.Setting)) is { } objection)
            yield return new Diagnostic(
                Severity.Error, DiagnosticCodes.Setting, objection.Message, Help: "no request is logged; correct it");
    }

    private static Finding Of(Diagnostic slip)
    {
        var message = slip.File is null ? slip.Message : $"{slip.File}: {slip.Message}";
        return slip.Severity == Severity.Error
            ? Finding.Fail(Name, message, slip.Help!)
            : Finding.Warn(Name, message, slip.Help!);
    }
}
