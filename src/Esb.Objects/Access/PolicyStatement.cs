using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>One statement of a bucket policy.</summary>
internal sealed class PolicyStatement
{
    private static readonly string[] Known =
    [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ];

    private readonly PolicyPrincipals _principals;
    private readonly bool _excludesActions;
    private readonly bool _excludesResources;
    private readonly IReadOnlyList<string> _actions;
    private readonly IReadOnlyList<string> _resources;
    private readonly IReadOnlyList<PolicyCondition> _conditions;

    private PolicyStatement(JsonElement json, string bucket)
    {
        IsAllow = json.GetProperty("Effect").ValueEquals("Allow");
        _principals = PolicyPrincipals.Read(json);
        _actions = List(json, "Action", out _excludesActions);
        _resources = List(json, "Resource", out _excludesResources);
        _conditions = json.TryGetProperty("Condition", out var conditions)
            ? [.. Conditions(conditions)]
            : [];
        if (_actions.FirstOrDefault(action => !PolicyActions.IsKnown(action)) is { } unknown)
            throw BodyErrors.MalformedPolicy($"Policy has invalid action: {unknown}");
        if (IsAllow && _principals.IsExcluding)
            throw BodyErrors.MalformedPolicy("Allow with NotPrincipal is not allowed");
        if (_resources.FirstOrDefault(resource => !Concerns(resource, bucket)) is { } other)
            throw BodyErrors.MalformedPolicy($"Policy has invalid resource: {other}");
        PolicyJson.RefuseVariables(_resources);
        if (!_excludesActions
            && !_excludesResources
            && _actions.FirstOrDefault(action => !PolicyActions.IsAbout(action, _resources)) is { } vain)
            throw BodyErrors.MalformedPolicy($"Action does not apply to any resource(s) in statement: {vain}");
    }

    public bool IsAllow { get; }

    /// <summary>
    /// Whether the statement opens the bucket to everybody. Source: S3 User Guide, "The meaning of public".
    /// </summary>
    public bool IsPublic => IsAllow && _principals.IsEverybody && !_conditions.Any(c => c.IsRestricting);

    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static PolicyStatement Read(JsonElement json, string bucket)
    {
        foreach (var member in PolicyJson.Members(json, "a statement"))
        {
            if (!Known.Contains(member.Name, StringComparer.Ordinal))
                throw BodyErrors.MalformedPolicy($"Unknown field {member.Name}");
        }

        if (!json.TryGetProperty("Effect", out var effect)
            || effect.ValueKind != JsonValueKind.String
            || !(effect.ValueEquals("Allow") || effect.ValueEquals("Deny")))
            throw BodyErrors.MalformedPolicy("Missing required field Effect, or an effect that is not Allow or Deny");
        foreach (var name in new[] { "Principal", "Action", "Resource" })
        {
            if (json.TryGetProperty(name, out _) == json.TryGetProperty("Not" + name, out _))
                throw BodyErrors.MalformedPolicy($"Missing required field {name}");
        }

        return new PolicyStatement(json, bucket);
    }

    public bool Concerns(AccessRequest request) =>
        _principals.Concern(request)
        && _actions.Any(action => IsAction(action, request.Action)) != _excludesActions
        && _resources.Any(pattern => WildcardPattern.Matches(pattern, request.Resource)) != _excludesResources
        && _conditions.All(condition => condition.IsOpen(request) ? IsAllow : condition.IsMet(request));

    // Names of actions have no case.
    private static bool IsAction(string pattern, string action) =>
        WildcardPattern.Matches(pattern.ToLowerInvariant(), action.ToLowerInvariant());

    private static IReadOnlyList<string> List(JsonElement json, string name, out bool isExcluding)
    {
        isExcluding = json.TryGetProperty("Not" + name, out var list);
        return PolicyJson.Texts(isExcluding ? list : json.GetProperty(name), name);
    }

    private static IEnumerable<PolicyCondition> Conditions(JsonElement json) =>
        PolicyJson.Members(json, "Condition").SelectMany(m => PolicyCondition.Read(m.Name, m.Value));

    // The bucket itself, or objects in it.
    private static bool Concerns(string resource, string bucket)
    {
        const string service = "arn:aws:s3:::";
        if (resource == "*")
            return true;
        if (!resource.StartsWith(service, StringComparison.Ordinal))
            return false;
        var slash = resource.IndexOf('/');
        var name = slash < 0 ? resource[service.Length..] : resource[service.Length..slash];
        return WildcardPattern.Matches(name, bucket);
    }
}
