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
        var place = slip.File is null ? "" : slip.Line > 0 ? $"{slip.File}:{slip.Line}: " : $"{slip.File}: ";
        return slip.Severity == Severity.Error ? Finding.Fail(Name, place + slip.Message, slip.Help!) : Finding.Warn(Name, place + slip.Message, slip.Help!);
    }
}
