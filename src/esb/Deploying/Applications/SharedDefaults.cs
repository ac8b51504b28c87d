using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Defaults of a template, which apply to the functions of every application and belong to none.</summary>
internal static class SharedDefaults
{
    /// <summary>The new defaults that apply to functions of other applications.</summary>
    /// <param name="changes">The changes of functions.yml.</param>
    /// <param name="existing">functions.yml before the deploy.</param>
    /// <param name="applications">The applications of the deploy.</param>
    public static IReadOnlyList<string> ReachingOthers(
        IReadOnlyList<Change> changes, YamlMapping existing, IReadOnlyList<string> applications)
    {
        List<string> added =
            [.. changes.Where(c => c is { Section: "default", Kind: ChangeKind.Added }).Select(c => c.Key)];
        // A function that the deploy replaces no longer belongs to another application.
        var deployed = changes.Where(c => c.Section == "function").Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var others = (existing["functions"] as YamlMapping)?.Entries.Any(f => !deployed.Contains(f.Key.Value)
            && !(ApplicationName.Of(f.Value) is { } application && applications.Contains(application)));
        return added.Count > 0 && others == true ? added : [];
    }

    /// <summary>
    /// Warns about new functions that inherit another application's defaults. A default environment can decide which
    /// code they load and which stores they use.
    /// </summary>
    /// <param name="changes">The changes of functions.yml.</param>
    /// <param name="existing">functions.yml before the deploy.</param>
    /// <param name="brought">The application that added each default, by the path of the default.</param>
    /// <param name="applications">The applications of the deploy.</param>
    public static IEnumerable<Diagnostic> Inherited(
        IReadOnlyList<Change> changes,
        YamlMapping existing,
        IReadOnlyDictionary<string, string> brought,
        IReadOnlyList<string> applications)
    {
        List<YamlNode?> added =
            [.. changes.Where(c => c is { Section: "function", Kind: ChangeKind.Added }).Select(c => c.After)];
        return
        [
            .. from origin in brought
               where !applications.Contains(origin.Value)
                   && At(existing["defaults"], origin.Key) is not null
                   && added.Exists(function => At(function, origin.Key) is null)
               orderby origin.Key
               group origin.Key by origin.Value into some
               select new Diagnostic(
                   Severity.Warning, DiagnosticCodes.Shadowed, $"the defaults {string.Join(", ", some)}, "
                       + $"which application '{some.Key}' added, apply to the functions of this deploy too",
                   Help: "set them in Globals or in the functions, whose own values win, "
                       + "or take them out of functions.yml by hand if nobody needs them"),
        ];
    }

    private static YamlNode? At(YamlNode? node, string path) =>
        path.Split('.').Aggregate(node, (below, key) => (below as YamlMapping)?[key]);

    /// <summary>
    /// Warns about defaults that apply to other applications, and about defaults of the template that are not used.
    /// </summary>
    public static IEnumerable<Diagnostic> Warnings(IReadOnlyList<Change> changes, IReadOnlyList<string> reaching)
    {
        if (reaching.Count > 0)
        {
            yield return new Diagnostic(
                Severity.Warning, DiagnosticCodes.Shadowed, $"the defaults {string.Join(", ", reaching)} of the "
                    + "template apply to the functions of other applications too",
                Help: "set them in Globals, which are the template's own, if that is not meant");
        }

        List<string> stay = [.. changes.Where(c => c is { Section: "default", NotTaken: not null }).Select(c => c.Key)];
        if (stay.Count > 0)
        {
            yield return new Diagnostic(
                Severity.Warning, DiagnosticCodes.Shadowed, $"the platform has the defaults {string.Join(", ", stay)} "
                    + "already and keeps them; the template's values are not used",
                Help: "edit functions.yml, or leave them out of the template");
        }
    }
}
