using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Nulls in properties. CloudFormation takes none anywhere ("'null' values are not allowed in templates"); over a guard, that of <c>Globals</c> for
/// example, one would open what is meant to be guarded.
/// </summary>
internal static class NullValues
{
    private const string Reason = "CloudFormation takes no null values";

    private static readonly HashSet<string> Guards = new(StringComparer.Ordinal)
    {
        "Auth", "Policy", "AuthorizationType", "AuthorizerId", "AuthorizationScopes", "ApiKeyRequired", "AuthType", "MutualTlsAuthentication",
        // Which API an event belongs to decides who may call it.
        "RestApiId", "ApiId",
    };

    // Their readers have rules of their own for what has nothing behind it. SAM itself takes a null role to call a function as.
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal) { "DefinitionBody", "Body", "InvokeRole" };

    /// <summary>Checks what stands in a template, before anything is resolved: <c>AWS::NoValue</c> is something else.</summary>
    /// <param name="resource">The logical id, or <c>Globals</c>.</param>
    /// <param name="written">Its properties.</param>
    /// <param name="context">Takes errors and lines of the receipt.</param>
    /// <param name="path">Of these properties, with a dot behind it.</param>
    public static void Check(string resource, YamlMapping written, StackContext context, string path = "") => Check(resource, path, isGuard: false, written, context);

    private static void Check(string resource, string path, bool isGuard, YamlMapping written, StackContext context)
    {
        foreach (var (key, value) in written.Entries.Where(e => !Others.Contains(e.Key.Value)))
            Check(resource, $"{path}{key.Value}", isGuard || Guards.Contains(key.Value), key, value, context);
    }

    // One that a condition may choose, or that stands in a list, is one as well.
    private static void Check(string resource, string name, bool guards, YamlNode at, YamlNode value, StackContext context)
    {
        switch (value)
        {
            case YamlScalar { IsNull: true } when guards:
                context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource}: '{name}' is null: {Reason}", at, "leave it out");
                break;
            case YamlScalar { IsNull: true }:
                context.Receipt.Ignored(resource, name, Reason, at);
                break;
            case YamlMapping { Entries: [{ Key.Value: "Fn::If", Value: YamlSequence choice }] }:
                foreach (var branch in choice.Items.Skip(1))
                    Check(resource, name, guards, branch, branch, context);
                break;
            case YamlMapping inner:
                Check(resource, name + ".", guards, inner, context);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    Check(resource, name, guards, item, item, context);
                break;
        }
    }
}
