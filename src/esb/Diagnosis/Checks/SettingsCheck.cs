using Esb.Schema.Diagnostics;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>What is written into <c>.env</c> or the environment for ESB is read by somebody.</summary>
internal static class SettingsCheck
{
    private const string Name = "settings";

    /// <param name="misspelt">Names that nobody reads.</param>
    /// <param name="count">How many stand in <c>.env</c>.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<Diagnostic> misspelt, int count) => misspelt.Count == 0
        ? [Finding.Ok(Name, count == 0 ? "no .env" : count == 1 ? "1 in .env" : $"{count} in .env")]
        : misspelt.Select(Of);

    private static Finding Of(Diagnostic slip)
    {
        var message = slip.File is null ? slip.Message : $"{slip.File}: {slip.Message}";
        return slip.Severity == Severity.Error
            ? Finding.Fail(Name, message, slip.Help!)
            : Finding.Warn(Name, message, slip.Help!);
    }
}
