using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Nulls in properties. CloudFormation takes none anywhere ("'null' values are not allowed in templates"); over a guard, that of <c>Globals</c> for
/// example, one would open what is meant to be guarded.
/// </summary>
internal static class NullValues
{
    /// <summary>Why one has no effect.</summary>
    public const string Reason = "CloudFormation takes no null values";

    private static readonly HashSet<string> Guards = new(StringComparer.Ordinal)
    {
        "Auth", "DefinitionBody", "DefinitionUri", "Body", "Policy", "AuthorizationType", "AuthorizerId", "AuthorizationScopes", "ApiKeyRequired", "AuthType", "MutualTlsAuthentication",
        // Which API an event belongs to decides who may call it.
        "RestApiId", "ApiId",
    };

    // Definitions have a walk of their own, with what they include.
    private static readonly HashSet<string> Definitions = new(StringComparer.Ordinal) { "DefinitionBody", "Body" };

    // SAM itself takes a null role to call a function as.
    private const string Role = "InvokeRole";

    /// <summary>Checks what stands in a template, before anything is resolved: <c>AWS::NoValue</c> is something else.</summary>
    /// <param name="resource">The logical id, or <c>Globals</c>.</param>
    /// <param name="written">Its properties.</param>
    /// <param name="context">Takes errors and lines of the receipt.</param>
    /// <param name="path">Of these properties, with a dot behind it.</param>
    public static void Check(string resource, YamlMapping written, StackContext context, string path = "") => Check(resource, path, isGuard: false, written, context);

    private static void Check(string resource, string path, bool isGuard, YamlMapping written, StackContext context)
    {
        foreach (var (key, value) in written.Entries.Where(e => e.Key.Value != Role && !(e.Value is YamlMapping && Definitions.Contains(e.Key.Value))))
            Check(resource, $"{path}{key.Value}", isGuard || Guards.Contains(key.Value), value, key, context);
    }

    private static void Check(string resource, string name, bool isGuard, YamlNode value, YamlNode at, StackContext context)
    {
        switch (value)
        {
            case YamlScalar { IsNull: true } when isGuard:
                context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource}: '{name}' is null: {Reason}", at, "leave it out");
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
