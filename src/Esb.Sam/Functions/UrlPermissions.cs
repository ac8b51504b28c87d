using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// Reads the permissions of a template. Without a permission that admits everybody, Lambda answers 403 even if the
/// <c>AuthType</c> of the URL is <c>NONE</c>; for <c>FunctionUrlConfig</c>, SAM creates that permission. A permission
/// with a condition for callers (<c>SourceAccount</c>, <c>SourceArn</c>, <c>PrincipalOrgID</c>, a signature) opens
/// nothing. Sources: Lambda Developer Guide, "Control access to Lambda function URLs"; CloudFormation,
/// "AWS::Lambda::Permission".
/// </summary>
internal static class UrlPermissions
{
    /// <summary>The reason why an ARN names no function of this platform.</summary>
    public const string Elsewhere = "the ARN of its function has another region, account or partition";

    /// <summary>How to name a function of this platform.</summary>
    public const string Here = "name the function with !Ref or !GetAtt";

    private static readonly string[] Unconditional =
        ["FunctionName", "Action", "Principal", "FunctionUrlAuthType", "InvokedViaFunctionUrl"];

    // These services have counterparts here that call functions. ESB knows no other principals.
    private static readonly string[] Callers =
        ["apigateway.amazonaws.com", "events.amazonaws.com", "scheduler.amazonaws.com"];

    /// <summary>Returns the permissions for URLs. All others get a line in the receipt.</summary>
    /// <param name="resolver">The resolver of the template.</param>
    public static IReadOnlyList<UrlPermission> Of(Resolver resolver)
    {
        List<UrlPermission> permissions = [];
        foreach (var (key, node) in resolver.Scope.Resources.Entries)
        {
            if (resolver.Scope.TypeOf(key.Value) != UrlPermission.Type
                || node is not YamlMapping resource
                || !IsCreated(resource, resolver))
                continue;
            var properties = resource["Properties"] as YamlMapping ?? YamlMapping.Empty;
            if (OfUrl(key, properties, resolver) is { } permission)
            {
                if (IsHere(Text(properties, "FunctionName", resolver)!, resolver.Scope.Context))
                    permissions.Add(permission);
                else
                    resolver.Scope.Context.LeaveOut(
                        key.Value, UrlPermission.Type, Elsewhere, key, Here);
            }
            else if (Callers.Contains(Text(properties, "Principal", resolver))
                && Allows(properties, "InvokeFunction", resolver))
                resolver.Scope.Context.Receipt.Approximated(
                    key.Value,
                    UrlPermission.Type,
                    "APIs and schedules need no permission to call a function here",
                    key);
            else
                resolver.Scope.Context.Receipt.Ignored(key.Value, UrlPermission.Type, Reasons.Identity, key);
        }

        return permissions;
    }

    /// <summary>
    /// Whether an ARN, complete or partial (<c>ACCOUNT:function:NAME</c>), has the partition, region and account that
    /// templates get here. A name alone counts as such an ARN.
    /// </summary>
    public static bool IsHere(string function, StackContext context)
    {
        var mark = function.IndexOf(":function:", StringComparison.Ordinal);
        return mark < 0
            || function[..mark] == TemplateScope.AccountId
            || function[..mark] == $"arn:aws:lambda:{context.Options.Region}:{TemplateScope.AccountId}";
    }

    private static UrlPermission? OfUrl(YamlScalar key, YamlMapping properties, Resolver resolver)
    {
        var trial = resolver.Trial();
        var opens = Allows(properties, "InvokeFunctionUrl", resolver);
        var viaUrl = properties["InvokedViaFunctionUrl"] is { } via
            ? trial.Resolve(via) is YamlScalar { AsBoolean: true }
            : opens;
        if (Text(properties, "Principal", resolver) != "*"
            || !viaUrl
            || (!opens && !Allows(properties, "InvokeFunction", resolver)))
            return null;
        // A property that ESB does not know may restrict callers too.
        if (properties.Entries.Any(p => !Unconditional.Contains(p.Key.Value) && trial.Resolve(p.Value) is not null))
            return null;
        if (properties["FunctionUrlAuthType"] is { } type
            && trial.Resolve(type) is not (null or YamlScalar { Value: "NONE" }))
            return null;
        return LambdaTarget.Qualified(Text(properties, "FunctionName", resolver)) is var (function, qualifier)
            ? new UrlPermission(resolver.Scope.Context.Receipt.NameOf(key.Value), key.Place, function, qualifier, opens)
            : null;
    }

    private static bool Allows(YamlMapping properties, string action, Resolver resolver) =>
        Text(properties, "Action", resolver) is { } written && (written is "*"
            || written.Equals("lambda:*", StringComparison.OrdinalIgnoreCase)
            || written.Equals($"lambda:{action}", StringComparison.OrdinalIgnoreCase));

    private static string? Text(YamlMapping properties, string name, Resolver resolver) =>
        properties[name] is { } value ? ResourceSet.Text(resolver.Resolve(value)) : null;

    private static bool IsCreated(YamlMapping resource, Resolver resolver) =>
        resource["Condition"] is not { } written
            || (written is YamlScalar condition && resolver.Condition(condition.Value, condition));
}
