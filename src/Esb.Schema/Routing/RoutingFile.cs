using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>The typed view of <c>routing.yml</c>.</summary>
/// <param name="Routes">In the order of the file.</param>
public sealed record RoutingFile(IReadOnlyList<RouteDefinition> Routes)
{
    /// <summary>The keys of clients, for routes that need one.</summary>
    public IReadOnlyList<ApiKeyDefinition> ApiKeys { get; init; } = [];

    /// <summary>Reads and validates a document. Unknown keys are reported; in a route, one closes the route.</summary>
    /// <returns>What could be read; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    public static RoutingFile Read(YamlMapping document, DiagnosticBag diagnostics)
    {
        if (!FormatVersion.IsUnderstood(document, ConfigurationFiles.Routing, diagnostics))
            return new RoutingFile([]);
        TopKeys.RefuseMisspelt(document, ConfigurationFiles.Routing, diagnostics, "routes", "api_keys");
        TopGuards.Refuse(document, diagnostics);
        List<RouteDefinition> routes = [];
        var reader = new MappingReader(document, ConfigurationFiles.Routing, diagnostics);
        foreach (var item in reader.List("routes"))
        {
            if (item is not YamlMapping mapping)
                diagnostics.Error(DiagnosticCodes.WrongKind, $"a route must be a mapping, but is {item.Kind}", item);
            else if (RouteReader.Read(mapping, diagnostics) is { } route)
                routes.Add(route);
        }

        return new RoutingFile(routes) { ApiKeys = new ApiKeyReader(diagnostics).Read(reader) };
    }

    /// <summary>The method of a route in the form of its key: upper case, GET when absent.</summary>
    public static string MethodOf(YamlMapping route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route["method"] is YamlScalar { IsNull: false } method ? method.Value.ToUpperInvariant() : "GET";
    }

    /// <summary>Whether a text can be the method of a route, such as GET or ANY.</summary>
    internal static bool IsMethod(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetter(c) || c == '-');
}
