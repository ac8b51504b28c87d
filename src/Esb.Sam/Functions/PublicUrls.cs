using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// Functions whose URL everybody may call, since a permission of the template says so. Without one, Lambda answers 403 although the URL's type is <c>NONE</c>; SAM makes it for
/// <c>FunctionUrlConfig</c>. Source: Lambda Developer Guide, "Control access to Lambda function URLs".
/// </summary>
internal static class PublicUrls
{
    /// <summary>Why nobody may call a URL of <c>AWS::Lambda::Url</c>.</summary>
    public const string Reason = "no AWS::Lambda::Permission lets everybody call the URL";

    /// <summary>Their names; null stands for a function that is not known here.</summary>
    /// <param name="resolver">Of the template that the permissions stand in.</param>
    public static IReadOnlySet<string?> Of(Resolver resolver) =>
        resolver.Scope.Resources.Entries
            .Where(e => resolver.Scope.TypeOf(e.Key.Value) == "AWS::Lambda::Permission" && IsMade(e.Value, resolver))
            .Select(e => (e.Value as YamlMapping)?["Properties"] as YamlMapping).OfType<YamlMapping>()
            .Where(p => Text(p, "Principal", resolver) == "*" && Text(p, "Action", resolver) is { } action && (action.EndsWith('*') || action.EndsWith(":InvokeFunctionUrl", StringComparison.OrdinalIgnoreCase)))
            .Select(p => p["FunctionName"] is { } name ? LambdaTarget.NameOf(resolver.Resolve(name)) : null)
            .ToHashSet();

    private static string? Text(YamlMapping properties, string name, Resolver resolver) => properties[name] is { } value ? ResourceSet.Text(resolver.Resolve(value)) : null;

    private static bool IsMade(YamlNode resource, Resolver resolver) =>
        (resource as YamlMapping)?["Condition"] is not YamlScalar condition || resolver.Condition(condition.Value, condition);
}
