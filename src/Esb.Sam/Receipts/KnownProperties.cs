namespace Esb.Sam.Receipts;

/// <summary>How one property is treated.</summary>
/// <param name="Outcome">Applied, approximated or ignored.</param>
/// <param name="Reason">How or why; empty when applied.</param>
/// <param name="IsRead">Whether ESB reads the property.</param>
internal sealed record PropertyFate(Outcome Outcome, string Reason, bool IsRead);

/// <summary>
/// How each property of a served resource type is treated. A property in no list is most likely a typo. Sources: the
/// AWS SAM specification and the CloudFormation resource reference.
/// </summary>
internal sealed class KnownProperties
{
    private static readonly Dictionary<string, Lazy<KnownProperties>> ByType =
        ServerlessProperties.All.Concat(CloudFormationProperties.All).ToDictionary(
            t => t.Type, t => new Lazy<KnownProperties>(() => new KnownProperties(t.Groups)), StringComparer.Ordinal);

    private readonly Dictionary<string, PropertyFate> _fates = new(StringComparer.Ordinal);

    private KnownProperties(IReadOnlyList<PropertyGroup> groups)
    {
        foreach (var group in groups)
        {
            var fate = new PropertyFate(group.Outcome, group.Reason, group.IsRead);
            foreach (var name in group.Names.Split(' '))
                _fates.Add(name, fate);
        }
    }

    /// <summary>All types that are served.</summary>
    public static IEnumerable<string> Types => ByType.Keys;

    /// <summary>All properties that the type has on AWS.</summary>
    public IEnumerable<string> Names => _fates.Keys;

    /// <summary>The properties of a type; null when the type is not served.</summary>
    public static KnownProperties? For(string type) => ByType.GetValueOrDefault(type)?.Value;

    /// <summary>How a property is treated; null when the type has no such property.</summary>
    public PropertyFate? this[string property] => _fates.GetValueOrDefault(property);

    /// <summary>Whether ESB reads a property, so that its value has to be resolved.</summary>
    public bool IsRead(string property) => _fates.TryGetValue(property, out var fate) && fate.IsRead;
}
