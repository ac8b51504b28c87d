using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The keys at the top of the three files. Unknown ones are kept unread, but one that is nearly a known one is a slip, with which
/// everything below it would be lost.
/// </summary>
internal static class TopKeys
{
    public static void RequireNoSlip(YamlMapping document, string name, DiagnosticBag diagnostics, params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in document.Entries)
        {
            if (key.Value == FormatVersion.Key || key.Value.StartsWith("x-", StringComparison.Ordinal) || known.Contains(key.Value))
                continue;
            foreach (var candidate in known)
            {
                if (!EditDistance.IsNear(key.Value, candidate))
                    continue;
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"{name}: nobody reads the key '{key.Value}'", key, $"did you mean '{candidate}'?");
                break;
            }
        }
    }
}
