using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests.Namespaces;

/// <summary>
/// The namespaces that source files import. An enclosing namespace is visible without an import; uses of it are found
/// by <see cref="TypesOfAnAssembly"/>.
/// </summary>
internal static partial class ImportsOfSources
{
    /// <summary>The imports of each namespace.</summary>
    public static Dictionary<string, HashSet<string>> In(IEnumerable<string> sources)
    {
        var imports = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (Namespace().Match(source) is not { Success: true } match)
                continue;
            var name = match.Groups[1].Value;
            imports.TryAdd(name, new HashSet<string>(StringComparer.Ordinal));
            imports[name].UnionWith(Import().Matches(source).Select(import => import.Groups[1].Value));
        }

        return imports;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();
}
