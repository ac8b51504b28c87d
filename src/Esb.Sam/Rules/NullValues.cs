using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Nulls in properties. CloudFormation accepts none ("'null' values are not allowed in templates"). A null that
/// overrides a guard, for example a guard in <c>Globals</c>, would open what that guard protects.
/// </summary>
internal static class NullValues
{
    /// <summary>The reason why a null has no effect.</summary>
    public const string Reason = "CloudFormation accepts no null values";

    private static readonly HashSet<string> Guards = new(StringComparer.Ordinal)
    {
        "Auth", "DefinitionBody", "DefinitionUri", "Body", "Policy", "AuthorizationType", "AuthorizerId",
        "AuthorizationScopes", "ApiKeyRequired", "AuthType", "MutualTlsAuthentication",
        // The API that an event names controls access to its route.
        "RestApiId", "ApiId",
    };

    // Definitions, with their includes, are visited separately.
    private static readonly HashSet<string> Definitions = new(StringComparer.Ordinal) { "DefinitionBody", "Body" };

    // SAM accepts a null role for calling a function.
    private const string Role = "InvokeRole";

    /// <summary>Checks properties as written, because a resolved <c>AWS::NoValue</c> is something else.</summary>
    /// <param name="resource">The logical id, or <c>Globals</c>.</param>
    /// <param name="written">The properties as written.</param>
    /// <param name="context">Receives errors and lines of the receipt.</param>
    /// <param name="path">The prefix of these properties, ending in a dot.</param>
    public static void Check(string resource, YamlMapping written, StackContext context, string path = "") =>
        Check(resource, path, isGuard: false, written, context);

    private static void Check(string resource, string path, bool isGuard, YamlMapping written, StackContext context)
    {
        foreach (var (key, value) in written.Entries.Where(e => e.Key.Value != Role
            && !(e.Value is YamlMapping && Definitions.Contains(e.Key.Value))))
            Check(resource, $"{path}{key.Value}", isGuard || Guards.Contains(key.Value), value, key, context);
    }

    private static void Check(
        string resource,
        string name,
        bool isGuard,
        YamlNode value,
        YamlNode at,
        StackContext context)
    {
        switch (value)
        {
            case YamlScalar { IsNull: true } when isGuard:
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongValue, $"{resource}: '{name}' is null: {Reason}", at, "leave it out");
                break;
            case YamlScalar { IsNull: true }:
                context.Receipt.Ignored(resource, name, Reason, at);
                break;
            case YamlMapping inner:
                Check(resource, name + ".", isGuard, inner, context);
                break;
            case YamlSequence list:
                for (var i = 0; i < list.Items.Count; i++)
                    Check(resource, $"{name}[{i}]", isGuard, list.Items[i], list.Items[i], context);
                break;
        }
    }
}
