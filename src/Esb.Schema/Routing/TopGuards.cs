using Esb.Host.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Guards at the top of <c>routing.yml</c>, which are meant for all routes but would apply to none. The file is
/// refused, so that the gateway keeps serving the previous one. A key that is only a note begins with <c>x-</c>; so may
/// a guard that routes reuse through a YAML anchor.
/// </summary>
internal static class TopGuards
{
    private static readonly string[] Known = ["routes", "api_keys", FormatVersion.Key];

    // Words for the writer of the file, which are not guards although they contain "auth".
    private static readonly string[] Writers = ["author", "authors"];

    /// <summary>Reports an error for each key that is a guard or contains one.</summary>
    public static void Refuse(YamlMapping document, DiagnosticBag diagnostics)
    {
        foreach (var (key, value) in document.Entries.Where(
            e => !Known.Any(k => k == e.Key.Value || EditDistance.IsNear(e.Key.Value, k))
                && Holds(e)
                && !(GuardKeys.IsMarked(e.Key.Value) && IsRepeated(e.Value, document))))
        {
            diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{ConfigurationFiles.Routing}: '{key.Value}' would guard no route, because it is not read",
                key,
                "write the guard in each of its routes; a key that is only a note begins with x-");
        }
    }

    private static bool IsRepeated(YamlNode guard, YamlMapping document) => guard is YamlMapping mapping
        && (mapping.Entries.Any(e => IsRepeated(e.Value, document))
            || (document["routes"] as YamlSequence)?.Items.Any(
                r => (r as YamlMapping)?["authorizer"] is YamlMapping authorizer
                    && authorizer.ContentEquals(guard)) == true);

    private static bool Holds(YamlEntry entry) => !GuardKeys.IsNote(entry.Key.Value)
        && ((GuardKeys.IsGuard(entry.Key.Value) && !Writers.Contains(entry.Key.Value)) || Holds(entry.Value));

    private static bool Holds(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Any(Holds),
        YamlSequence list => list.Items.Any(Holds),
        _ => false,
    };
}
