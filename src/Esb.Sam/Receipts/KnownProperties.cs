namespace Esb.Sam.Receipts;

/// <summary>How one property is treated.</summary>
/// <param name="Outcome">Applied, approximated or ignored.</param>
/// <param name="Reason">How or why; empty when applied.</param>
internal sealed record PropertyFate(Outcome Outcome, string Reason);

/// <summary>
/// How each property of a served resource type is treated. A property in no list is most likely a typing error.
/// Sources: the AWS SAM specification and the CloudFormation resource reference.
/// </summary>
internal sealed class KnownProperties
{
    private static readonly Dictionary<string, Lazy<KnownProperties>> ByType =
        ServerlessProperties.All.Concat(CloudFormationProperties.All).ToDictionary(
            t => t.Type, t => new Lazy<KnownProperties>(() => new KnownProperties(t.Groups)), StringComparer.Ordinal);

    private readonly Dictionary<string, PropertyFate> _fates = new(StringComparer.Ordinal);

    private KnownProperties(IReadOnlyList<PropertyGroup> groups)
    {
        foreach (var (outcome, reason, names) in groups)
        {
            var fate = new PropertyFate(outcome, reason);
            foreach (var name in names.Split(' '))
                _fates.Add(name, fate);
        }
    }

    /// <summary>All types that are served.</summary>
    public static IEnumerable<string> Types => ByType.Keys;

    /// <summary>All properties that the type has on AWS.</summary>
    public IEnumerable<string> Names => _fates.Keys;

    /// <summary>Null for a type that is not served.</summary>
    public static KnownProperties? For(string type) => ByType.GetValueOrDefault(type)?.Value;

    /// <summary>Null for a property that the type does not have.</summary>
    public PropertyFate? this[string property] => _fates.GetValueOrDefault(property);

    /// <summary>Whether a property is read, and so has to be resolved.</summary>
    public bool IsRead(string property) =>
        _fates.TryGetValue(property, out var fate) && fate.Outcome != Outcome.Ignored;
}

/// <summary>Properties that are treated in the same way.</summary>
/// <param name="Outcome">Applied, approximated or ignored.</param>
/// <param name="Reason">How or why; empty when applied.</param>
/// <param name="Names">Separated by blanks.</param>
internal readonly record struct PropertyGroup(Outcome Outcome, string Reason, string Names)
{
    public static PropertyGroup Applied(string names) => new(Outcome.Applied, "", names);

    public static PropertyGroup Approximated(string how, string names) => new(Outcome.Approximated, how, names);

    public static PropertyGroup Ignored(string why, string names) => new(Outcome.Ignored, why, names);
}
