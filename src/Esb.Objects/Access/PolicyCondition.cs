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

    private readonly ConditionOperator? _operator;
    private readonly bool _passesAbsent;
    private readonly IReadOnlyList<string> _values;

    private PolicyCondition(string key, ConditionOperator? comparison, bool passesAbsent, IReadOnlyList<string> values)
    {
        Key = key;
        _operator = comparison;
        _passesAbsent = passesAbsent;
        _values = values;
    }

    /// <summary>The key, such as <c>aws:SourceIp</c>.</summary>
    public string Key { get; }

    /// <summary>
    /// Whether the condition restricts a statement to callers that S3 does not call public: a fixed network, account
    /// or organisation. Source: S3 User Guide, "The meaning of public".
    /// </summary>
    public bool IsRestricting => _operator is { IsNegated: false } && !_passesAbsent && Key.ToLowerInvariant() switch
    {
        "aws:sourceip" => _values.All(value => !value.EndsWith("/0", StringComparison.Ordinal)),
        "aws:sourcearn" or "aws:sourcevpc" or "aws:sourcevpce" or "aws:sourceowner" or "aws:sourceaccount"
            or "aws:principalorgid" or "aws:principalorgpaths" or "aws:principalaccount" or "aws:principalarn"
            or "aws:userid" or "s3:x-amz-server-side-encryption-aws-kms-key-id" or "s3:dataaccesspointarn"
            or "s3:dataaccesspointaccount" => _values.All(value => !value.Contains('*') && !value.Contains('?')),
        _ => false,
    };

    /// <summary>Reads the conditions of one operator.</summary>
    /// <param name="name">The operator, with its prefix and suffix.</param>
    /// <param name="keys">The object that has the keys.</param>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static IEnumerable<PolicyCondition> Read(string name, JsonElement keys)
    {
        var plain = name;
        var forAll = plain.StartsWith(AllValues, StringComparison.Ordinal);
        if (forAll || plain.StartsWith(AnyValue, StringComparison.Ordinal))
            plain = plain[(plain.IndexOf(':') + 1)..];
        var ifExists = plain.EndsWith(IfExists, StringComparison.Ordinal);
        if (ifExists)
            plain = plain[..^IfExists.Length];
        var isNull = plain == NullOperator && !ifExists;
        var comparison = isNull ? null : ConditionOperator.Find(plain)
            ?? throw BodyErrors.MalformedPolicy($"Invalid Condition type : {name}");
        foreach (var key in PolicyJson.Members(keys, $"the condition {name}"))
        {
            var values = PolicyJson.Texts(key.Value, $"the condition {name} of {key.Name}");
            if (!key.Name.Contains(':', StringComparison.Ordinal))
                throw BodyErrors.MalformedPolicy($"Policy has an invalid condition key: {key.Name}");
            if (values.FirstOrDefault(v => isNull ? !bool.TryParse(v, out _) : !comparison!.IsValid(v)) is { } wrong)
                throw BodyErrors.MalformedPolicy($"Invalid value '{wrong}' of the condition {name}, {key.Name}");
            // A request has at most one value of each key, so that the set operators differ only for an absent key.
            yield return new PolicyCondition(
                key.Name, comparison, ifExists || forAll || comparison is { IsNegated: true }, values);
        }
    }

    public bool IsMet(AccessRequest request)
    {
        var value = request.Value(Key);
        if (_operator is null)
            return _values.Any(wanted => bool.Parse(wanted) == (value is null));
        if (value is null)
            return _passesAbsent;
        return _operator.IsNegated
            ? _values.All(wanted => !_operator.Matches(value, wanted))
            : _values.Any(wanted => _operator.Matches(value, wanted));
    }
}
