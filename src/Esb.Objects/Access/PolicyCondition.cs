using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>One condition of a statement: an operator, a key of the request and the values to compare with.</summary>
internal sealed class PolicyCondition
{
    private const string IfExists = "IfExists";
    private const string NullOperator = "Null";
    private const string AllValues = "ForAllValues:";
    private const string AnyValue = "ForAnyValue:";

    private readonly ConditionKey _key;
    private readonly ConditionOperator? _operator;
    private readonly string? _set;
    private readonly bool _passesAbsent;
    private readonly IReadOnlyList<string> _values;

    private PolicyCondition(
        ConditionKey key, ConditionOperator? comparison, string? set, bool ifExists, IReadOnlyList<string> values)
    {
        _key = key;
        _operator = comparison;
        _set = set;
        _passesAbsent = ifExists || set == AllValues || (set is null && comparison is { IsNegated: true });
        _values = [.. values.Select(key.Prepare)];
    }

    /// <summary>
    /// Whether the condition restricts a statement to callers that S3 does not call public. Source: S3 User Guide, "The
    /// meaning of public".
    /// </summary>
    public bool IsRestricting { get; private init; }

    /// <summary>Reads the conditions of one operator.</summary>
    /// <param name="name">The operator, with its prefix and suffix.</param>
    /// <param name="keys">The object that has the keys.</param>
    /// <exception cref="S3Exception">MalformedPolicy, or NotImplemented for what the store cannot decide.</exception>
    public static IEnumerable<PolicyCondition> Read(string name, JsonElement keys)
    {
        var set = new[] { AllValues, AnyValue }.FirstOrDefault(s => name.StartsWith(s, StringComparison.Ordinal));
        var plain = name[(set ?? "").Length..];
        var ifExists = plain.EndsWith(IfExists, StringComparison.Ordinal);
        if (ifExists)
            plain = plain[..^IfExists.Length];
        var isNull = plain == NullOperator && !ifExists;
        var comparison = isNull ? null : ConditionOperator.Find(plain)
            ?? throw BodyErrors.MalformedPolicy($"Invalid Condition type : {name}");
        foreach (var member in PolicyJson.Members(keys, $"the condition {name}"))
        {
            var values = PolicyJson.Texts(member.Value, $"the condition {name} of {member.Name}");
            var key = ConditionKeys.Find(member.Name);
            if (values.FirstOrDefault(v => isNull ? !bool.TryParse(v, out _) : !comparison!.IsValid(v)) is { } wrong)
                throw BodyErrors.MalformedPolicy($"Invalid value '{wrong}' of the condition {name}, {member.Name}");
            PolicyJson.RefuseVariables(values);
            yield return new PolicyCondition(key, comparison, set, ifExists, values)
            {
                IsRestricting = comparison is { IsNegated: false }
                    && !ifExists
                    && set != AllValues
                    && PublicMeaning.IsFixed(member.Name, plain, values),
            };
        }
    }

    /// <summary>Whether the condition can only be decided when the body of the request has been read.</summary>
    public bool IsOpen(AccessRequest request) => request.IsPreliminary && _key.IsAttached;

    public bool IsMet(AccessRequest request)
    {
        var values = _key.Values(request);
        if (_operator is null)
            return _values.Any(wanted => bool.Parse(wanted) == (values.Count == 0));
        if (values.Count == 0)
            return _passesAbsent;
        // Without a set operator, "equals" asks for one equal value, and "not equals" is its opposite.
        return _set == AllValues || (_set is null && _operator.IsNegated)
            ? values.All(value => Fits(_operator, value))
            : values.Any(value => Fits(_operator, value));
    }

    private bool Fits(ConditionOperator comparison, string value) =>
        _values.Any(wanted => comparison.Matches(value, wanted)) != comparison.IsNegated;
}
