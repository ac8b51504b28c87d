using Esb.Host.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The keys at the top of the three files. Unknown keys are kept and not read, but one that is similar to a known key
/// is most likely misspelt, and everything below it would be lost.
/// </summary>
internal static class TopKeys
{
    public static void RefuseMisspelt(
        YamlMapping document,
        string name,
        DiagnosticBag diagnostics,
        params ReadOnlySpan<string> known)
    {
        List<string> misspelt = [];
        foreach (var (key, _) in document.Entries)
        {
            foreach (var candidate in known)
            {
                if (IsNote(key.Value) || known.Contains(key.Value) || !EditDistance.IsNear(key.Value, candidate))
                    continue;
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{name}: the key '{key.Value}' is not read",
                    key,
                    $"did you mean '{candidate}'?");
                misspelt.Add(key.Value);
                break;
            }
        }

        // Any other key may belong to another program.
        new MappingReader(document, name, diagnostics).WarnOfOthers([FormatVersion.Key, .. known, .. misspelt]);
    }

    private static bool IsNote(string key) =>
        key == FormatVersion.Key || key.StartsWith("x-", StringComparison.Ordinal);
}
