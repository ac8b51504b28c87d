using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// Formats the content of templates in one line: <c>3 functions, 5 routes, 1 table, 1 schedule</c>.
/// </summary>
internal static class IncomingCounts
{
    public static string Of(IncomingConfiguration incoming)
    {
        var functions = incoming.Functions["functions"] as YamlMapping ?? YamlMapping.Empty;
        var resources = incoming.Resources["resources"] as YamlMapping ?? YamlMapping.Empty;
        (int Count, string Noun)[] counts =
        [
            (functions.Entries.Count, "function"),
            (Length(incoming.Routing, "routes"), "route"),
            (Length(resources, "dynamodb"), "table"),
            (Length(resources, "s3"), "bucket"),
            (Length(resources, "layers"), "layer"),
            (Length(incoming.Routing, "api_keys"), "key"),
            (functions.Entries.Sum(f => f.Value is YamlMapping function ? Length(function, "events") : 0), "schedule"),
        ];
        var parts = counts.Where(c => c.Count > 0).Select(c => Counted(c.Count, c.Noun)).ToList();
        return parts.Count == 0 ? "nothing to deploy" : string.Join(", ", parts);
    }

    private static int Length(YamlMapping mapping, string list) => (mapping[list] as YamlSequence)?.Items.Count ?? 0;

    public static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
