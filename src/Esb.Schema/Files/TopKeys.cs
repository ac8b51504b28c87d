using Esb.Host.Text;
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
        List<string> slips = [];
        foreach (var (key, _) in document.Entries)
        {
            foreach (var candidate in known)
            {
                if (IsNote(key.Value) || known.Contains(key.Value) || !EditDistance.IsNear(key.Value, candidate))
                    continue;
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"{name}: nobody reads the key '{key.Value}'", key, $"did you mean '{candidate}'?");
                slips.Add(key.Value);
                break;
            }
        }

        // What is no slip may be another program's.
        new MappingReader(document, name, diagnostics).WarnOfOthers([FormatVersion.Key, .. known, .. slips]);
    }

    private static bool IsNote(string key) => key == FormatVersion.Key || key.StartsWith("x-", StringComparison.Ordinal);
}
