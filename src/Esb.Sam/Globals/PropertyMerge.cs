using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// Merges a resource's properties over those of <c>Globals</c>. As in SAM, an intrinsic function is one value, which
/// replaces the global value. In a value that controls access, conditions are evaluated first: the chosen mapping is
/// merged like any other, and <c>AWS::NoValue</c> keeps the global guard.
/// </summary>
/// <param name="resolver">Evaluates conditions and reads includes.</param>
/// <param name="ofApi">Whether the resource is an API; in other resources these names are not guards.</param>
internal sealed class PropertyMerge(Resolver resolver, bool ofApi)
{
    // Keys that hold guards; everything below them belongs to the guard. DefinitionUri is among them because a
    // definition contains guards of its own.
    private static readonly HashSet<string> Guards = new(StringComparer.Ordinal)
    {
        "Auth",
        "DefinitionUri",
        Endpoint,
        "Domain.EndpointConfiguration",
        "Domain.MutualTlsAuthentication",
        "Domain.Policy",
    };

    // The value can be text, which then gives the Type. A guard that is written in one form is not lost when the other
    // form is merged over it.
    private const string Endpoint = "EndpointConfiguration";

    /// <summary>
    /// Boolean keys in the <c>Auth</c> of an API. SAM treats any text and any function as true, without evaluating it.
    /// </summary>
    public static readonly string[] Flags =
        ["ApiKeyRequired", "AddDefaultAuthorizerToCorsPreflight", "AddApiKeyRequiredToCorsPreflight"];

    // Contains guards among other settings.
    private const string Holder = "Domain";

    /// <summary>Merges the properties of <c>Globals</c> and the resource's own ones.</summary>
    public YamlMapping Of(YamlMapping common, YamlMapping own) => Merged(common, own, "", guards: false);

    private YamlMapping Merged(YamlMapping common, YamlMapping own, string path, bool guards)
    {
        var merged = common.Entries.Select(e => own[e.Key.Value] is { } mine
            ? new YamlEntry(own.KeyNode(e.Key.Value)!, At(path + e.Key.Value, e.Value, mine, guards))
            : e);
        return new YamlMapping([.. merged, .. own.Entries.Where(e => !common.Contains(e.Key.Value))], own.Place);
    }

    private YamlNode At(string path, YamlNode common, YamlNode own, bool guards)
    {
        var isGuard = guards || (ofApi && Guards.Contains(path));
        if (!isGuard && !(ofApi && path == Holder))
            return Merge(path, common, own, guards: false);
        if (own is YamlMapping written && IsFunction(written) && Flags.Any(f => path == $"Auth.{f}"))
            return own;
        if (Logic.Chosen(resolver, own) is not { } chosen)
            return common;
        // A list that a function chooses replaces the global list: both together would accept more scopes than either
        // alone.
        if (Logic.Chosen(resolver, common) is not { } below
            || (chosen is YamlSequence && !ReferenceEquals(chosen, own)))
            return chosen;
        return path == Endpoint
            ? Merge(path, WithType(below), WithType(chosen), isGuard)
            : Merge(path, below, chosen, isGuard);
    }

    private static YamlNode WithType(YamlNode node) => node switch
    {
        YamlScalar { IsNull: false } => Type(node),
        YamlMapping mapping when IsFunction(mapping) => Type(node),
        _ => node,
    };

    private static YamlMapping Type(YamlNode node) => new([new YamlEntry(YamlScalar.Text("Type"), node)], node.Place);

    private YamlNode Merge(string path, YamlNode common, YamlNode own, bool guards)
    {
        if (common is YamlSequence first && own is YamlSequence second)
            return new YamlSequence([.. first.Items, .. second.Items], own.Place);
        return common is YamlMapping below && own is YamlMapping above && !IsFunction(below) && !IsFunction(above)
            ? Merged(Included(below), Included(above), path + ".", guards)
            : own;
    }

    // CloudFormation includes the file before SAM reads the template.
    private YamlMapping Included(YamlMapping mapping) =>
        mapping.Contains(Includes.Key) ? Includes.Merge(resolver, mapping) : mapping;

    /// <summary>Whether a mapping is a function call that CloudFormation evaluates after SAM has run.</summary>
    public static bool IsFunction(YamlMapping mapping) =>
        mapping.Entries is [var only]
            && only.Key.Value != Includes.Key
            && (only.Key.Value == "Ref" || only.Key.Value.StartsWith("Fn::", StringComparison.Ordinal));
}
