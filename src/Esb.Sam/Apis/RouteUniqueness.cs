using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// One route for each method and pattern: the box has one address for all APIs of all templates. Two patterns that differ in the names of their
/// variables only take the same requests.
/// </summary>
internal sealed class RouteUniqueness(DiagnosticBag diagnostics)
{
    private static readonly Regex Variable = new(@"\{[^{}+]*(\+?)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>What requests a route takes: the same text for two that take the same ones.</summary>
    public static string KeyOf(SamRoute route) => $"{route.Method} {Shape(route.Path)}";

    /// <summary>A pattern without the names of its variables and without a slash at its end.</summary>
    public static string Shape(string path) => Variable.Replace(path.Length > 1 ? path.TrimEnd('/') : path, "{$1}");

    /// <summary>Of two for the same requests the later one, with a word; an API that has two itself is an error.</summary>
    public List<(StackContext Context, SamRoute Route)> Of(IReadOnlyList<(StackContext Context, SamRoute Route)> routes)
    {
        var last = new OrderedDictionary<string, (StackContext, SamRoute)>(StringComparer.Ordinal);
        foreach (var (context, route) in routes)
        {
            var key = KeyOf(route);
            if (last.TryGetValue(key, out var before))
            {
                // Nobody answers it, and the other one has guards of its own.
                if (route.IsLost)
                    continue;
                Say(before, route);
                last.Remove(key);
            }

            last[key] = (context, route);
        }

        return [.. last.Values];
    }

    private void Say((StackContext Context, SamRoute Route) replaced, SamRoute route)
    {
        var before = replaced.Route;
        var at = new YamlMapping([], route.Place);
        var name = $"{route.Method} {route.Path}";
        if (before.Api == route.Api && before.Path == route.Path)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{name} stands here a second time in the API '{route.Api}', first on line {before.Place.Line}", at, "give each a path or method of its own");
        else if (before.Api == route.Api)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{name} takes the same requests as {before.Path} of the API '{route.Api}' on line {before.Place.Line}", at, "the names of variables do not tell paths apart: give each a path or method of its own");
        else
            Shadow(replaced.Context, before, route, at);
    }

    private void Shadow(StackContext context, SamRoute before, SamRoute route, YamlMapping at)
    {
        var name = $"{route.Method} {route.Path}";
        context.Receipt.Ignored(before.Api ?? "", $"{before.Method} {before.Path}", $"the API '{route.Api}' has a route for the same requests, and the box has one address", new YamlMapping([], before.Place));
        diagnostics.Warning(DiagnosticCodes.Shadowed, $"{name} is of two APIs, '{before.Api}' and '{route.Api}'; the box has one address, the later one is served", at);
    }
}
