namespace Esb.Objects.Access;

/// <summary>A key of conditions, and how its values are found.</summary>
/// <param name="Values">The values of a request; empty if it does not have the key.</param>
internal sealed record ConditionKey(Func<AccessRequest, IReadOnlyList<string>> Values)
{
    /// <summary>Whether the values may be in a document in the body.</summary>
    public bool IsAttached { get; init; }

    /// <summary>Brings a value of a policy into the form that values of requests have.</summary>
    public Func<string, string> Prepare { get; init; } = value => value;

    /// <summary>A key that has at most one value.</summary>
    public static ConditionKey Of(Func<AccessRequest, string?> value) =>
        new(request => value(request) is { } one ? [one] : []);
}
