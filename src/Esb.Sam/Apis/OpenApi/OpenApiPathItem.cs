using Esb.Host.Text;
using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>The keys of one path of a definition: its methods and the keys that may be next to them.</summary>
internal static class OpenApiPathItem
{
    public const string AnyMethod = "x-amazon-apigateway-any-method";

    // A longer chain of references is a cycle.
    private const int MaxReferences = 8;

    private static readonly HashSet<string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        "get", "put", "post", "delete", "options", "head", "patch", "trace", AnyMethod,
    };

    private static readonly HashSet<string> OtherNamesOfAny =
        new(StringComparer.OrdinalIgnoreCase) { "any", "all", "*", "any-method", "x-any", "x-any-method" };

    // Source: OpenAPI 3.1, "Path Item Object".
    private static readonly HashSet<string> Beside =
        new(StringComparer.Ordinal) { "$ref", "summary", "description", "servers", "parameters" };

    public static bool IsMethod(string key) => Methods.Contains(key);

    /// <summary>Whether API Gateway has routes for a method of OpenAPI.</summary>
    public static bool IsServed(string key) => !key.Equals("trace", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of an operation in messages.</summary>
    public static string Name(string method, string path) =>
        $"{(method.Equals(AnyMethod, StringComparison.OrdinalIgnoreCase) ? "ANY" : method.ToUpperInvariant())} {path}";

    /// <summary>Whether a key of a path is not read.</summary>
    public static bool IsUnknown(string key) =>
        !IsMethod(key)
            && !Beside.Contains(key)
            && !GuardWords.IsGuard(key)
            && (!key.StartsWith("x-", StringComparison.Ordinal) || MethodHelp(key) is not null);

    /// <summary>The method that was probably meant, as help text; null when none is similar.</summary>
    public static string? MethodHelp(string key)
    {
        if (OtherNamesOfAny.Contains(key)
            || key.StartsWith("x-amazon-apigateway-any", StringComparison.OrdinalIgnoreCase)
            || EditDistance.Between(key, AnyMethod) <= 4)
            return $"did you mean '{AnyMethod}'?";
        return key.StartsWith("x-", StringComparison.Ordinal) ? null : NearMiss.Help(key, Methods);
    }

    /// <summary>
    /// Returns a path with the keys of the path that its <c>$ref</c> names, its own keys first. Also returns the reason
    /// when that path does not exist.
    /// </summary>
    public static (YamlMapping Item, string? Missing) Referred(YamlMapping item, YamlMapping definition)
    {
        var reference = item["$ref"];
        if (reference is null)
            return (item, null);
        var target = item;
        for (var i = 0; i < MaxReferences && target?["$ref"] is { } next; i++)
            target = At(definition, (next as YamlScalar)?.Value);
        if (target is null || target.Contains("$ref"))
            return (item, $"its '$ref' to '{(reference as YamlScalar)?.Value}' leads to no path of the definition");
        return (
            new YamlMapping([.. item.Entries, .. target.Entries.Where(e => !item.Contains(e.Key.Value))], item.Place),
            null);
    }

    // Source: RFC 6901, "URI Fragment Identifier Representation".
    private static YamlMapping? At(YamlMapping definition, string? pointer)
    {
        if (pointer?.StartsWith("#/", StringComparison.Ordinal) != true)
            return null;
        YamlNode? node = definition;
        foreach (var part in pointer[2..].Split('/'))
            node = (node as YamlMapping)?[Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal)];
        return node as YamlMapping;
    }
}
