using Esb.Sam.Rules;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// A kind of place in a definition: what its keys mean, and which of its keys for access control are read. Sources:
/// OpenAPI 2.0 and 3.1; API Gateway Developer Guide, "OpenAPI extensions for API Gateway".
/// </summary>
internal sealed class DefinitionPlace
{
    // These come first, because the others refer to them.
    private static readonly DefinitionPlace Free = new() { IsFree = true };
    private static readonly DefinitionPlace Names = new() { HasNames = true };
    private static readonly DefinitionPlace Ordinary = new();
    private static readonly DefinitionPlace Schema = new() { WithoutEffect = "a schema says nothing about callers" };
    private static readonly DefinitionPlace Elsewhere =
        new() { WithoutEffect = "other servers answer these requests, and ESB does not send them" };
    private static readonly DefinitionPlace Guard = new() { IsGuard = true, HasNames = true, HasAnyName = true };

    private static readonly DefinitionPlace Scopes = new() { HasNames = true, HasAnyName = true };
    private static readonly DefinitionPlace Security = new()
    {
        IsGuard = true,
        HasNames = true,
        HasAnyName = true,
        Items = new() { IsGuard = true, HasNames = true, HasAnyName = true, Each = Scopes },
    };

    private static readonly DefinitionPlace Flows =
        new() { IsGuard = true, Read = ["authorizationUrl"], Own = { ["scopes"] = Names } };

    private static readonly DefinitionPlace Scheme = new()
    {
        IsGuard = true,
        Read = ["x-amazon-apigateway-authtype", "x-amazon-apigateway-authorizer", "authorizationUrl"],
        Own = { ["x-amazon-apigateway-authorizer"] = Guard, ["scopes"] = Names, ["flows"] = Flows },
    };

    private static readonly DefinitionPlace Schemes = new() { IsGuard = true, HasNames = true, Each = Scheme };

    /// <summary>The integration of an operation.</summary>
    public static readonly DefinitionPlace Integration =
        new() { HasLines = true, Own = { ["tlsConfig"] = Names }, Otherwise = Ordinary };

    /// <summary>One method of a path.</summary>
    public static readonly DefinitionPlace Operation = new()
    {
        HasLines = true,
        Read = [GuardWords.Security, "x-amazon-apigateway-auth"],
        Own =
        {
            [GuardWords.Security] = Security,
            ["x-amazon-apigateway-auth"] = Guard,
            ["x-amazon-apigateway-integration"] = Integration,
        },
        Otherwise = Ordinary,
    };

    /// <summary>One path, whose methods are operations.</summary>
    public static readonly DefinitionPlace Path = new() { HasLines = true, Otherwise = Ordinary };

    /// <summary>The mapping of all paths.</summary>
    public static readonly DefinitionPlace Paths = new() { HasNames = true, HasLines = true, Each = Path };

    private static readonly DefinitionPlace Components = new()
    {
        Read = ["securitySchemes"],
        Own =
        {
            ["securitySchemes"] = Schemes,
            ["pathItems"] = new() { HasNames = true, Each = Path },
            ["x-amazon-apigateway-integrations"] = new() { HasNames = true, Each = Integration },
        },
        Otherwise = Ordinary,
        Served = ["x-amazon-apigateway-integrations"],
    };

    /// <summary>The top level of a definition.</summary>
    public static readonly DefinitionPlace Definition = new()
    {
        HasLines = true,
        Read = [GuardWords.Security, "securityDefinitions", "x-amazon-apigateway-policy"],
        Own =
        {
            [GuardWords.Security] = Security,
            ["securityDefinitions"] = Schemes,
            ["x-amazon-apigateway-policy"] = Guard,
            ["x-amazon-apigateway-documentation"] = Free,
            ["x-amazon-apigateway-request-validators"] = Names,
            ["x-amazon-apigateway-gateway-responses"] = Names,
            ["paths"] = Paths,
            ["components"] = Components,
        },
        Otherwise = Ordinary,
    };

    // Keys that have the same meaning everywhere.
    private static readonly Dictionary<string, DefinitionPlace> Common = Table(
        (Free, "example examples default enum const value"),
        (Names, "scopes mapping requestTemplates responseTemplates requestParameters responseParameters"),
        (
            new DefinitionPlace { HasNames = true, Each = Ordinary },
            "responses parameters headers requestBodies links content encoding variables"),
        (
            new DefinitionPlace { HasNames = true, Each = Schema },
            "schemas definitions $defs properties patternProperties dependentSchemas dependencies"),
        (Schema, "schema"),
        (Elsewhere, "callbacks webhooks"));

    /// <summary>Whether the content of the place is ignored: documentation, or an arbitrary value.</summary>
    public bool IsFree { get; private init; }

    /// <summary>
    /// Whether the keys of the place are names that the author chose, rather than keywords of OpenAPI.
    /// </summary>
    public bool HasNames { get; private init; }

    /// <summary>Whether names may look like extensions.</summary>
    private bool HasAnyName { get; init; }

    /// <summary>Whether the content of the place controls access.</summary>
    public bool IsGuard { get; private init; }

    /// <summary>Whether another class writes the receipt lines for extensions that are not read.</summary>
    public bool HasLines { get; private init; }

    /// <summary>
    /// The reason why a key for access control has no effect in this place, as on AWS; null where routes would be open
    /// without it.
    /// </summary>
    public string? WithoutEffect { get; private init; }

    /// <summary>The keys for access control that are read.</summary>
    public IReadOnlyList<string> Read { get; private init; } = [];

    /// <summary>Further extensions that are read.</summary>
    public IReadOnlyList<string> Served { get; private init; } = [];

    private Dictionary<string, DefinitionPlace> Own { get; } = new(StringComparer.Ordinal);

    private DefinitionPlace? Each { get; init; }

    private DefinitionPlace? Items { get; init; }

    private DefinitionPlace? Otherwise { get; init; }

    /// <summary>
    /// Whether a key is a name. A keyword for access control with a list below it is not a name, because responses,
    /// headers and schemas are mappings or text.
    /// </summary>
    public bool IsName(string key, YamlNode value) =>
        HasNames && (HasAnyName || !(GuardWords.IsOfAws(key)
            || IsNoteAmongPaths(key)
            || (value is YamlSequence && (GuardWords.IsGuard(key) || GuardWords.IsGuardingNote(key)))));

    /// <summary>The place below a key.</summary>
    public DefinitionPlace Below(string key)
    {
        if (HasNames)
            return IsNoteAmongPaths(key) ? Free : Each ?? this;
        if (this == Path && OpenApiPathItem.IsMethod(key))
            return Operation;
        return Own.GetValueOrDefault(key)
            ?? (GuardWords.IsNote(key) ? Free : Common.GetValueOrDefault(key))
            ?? Otherwise
            ?? this;
    }

    /// <summary>The place of the items of a list.</summary>
    public DefinitionPlace Item => Items ?? Each ?? this;

    // Only among paths: headers and schemas can have such names.
    private bool IsNoteAmongPaths(string key) => this == Paths && GuardWords.IsNote(key);

    private static Dictionary<string, DefinitionPlace> Table(params (DefinitionPlace Place, string Keys)[] rows) =>
        rows.SelectMany(r => r.Keys.Split(' ').Select(k => (Key: k, r.Place)))
            .ToDictionary(r => r.Key, r => r.Place, StringComparer.Ordinal);
}
