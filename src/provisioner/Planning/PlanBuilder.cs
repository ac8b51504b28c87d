using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>Collects changes and findings in their order.</summary>
internal sealed class PlanBuilder(PlanTerms terms)
{
    private readonly List<Change> _changes = [];
    private readonly List<Finding> _findings = [];

    public PlanTerms Terms => terms;

    /// <summary>Adds a change, or a finding if the store does not support the change.</summary>
    public void Add(Change change)
    {
        if (!terms.Lacking.Contains(change.Property))
            _changes.Add(change);
        else if (!_findings.Exists(f => f.Kind == FindingKind.Unsupported && f.Property == change.Property))
            _findings.Add(Unsupported(terms.Store, change));
    }

    public void Refuse(string property, string message, string help) =>
        _findings.Add(new Finding(FindingKind.Refused, property, message, help));

    public void Keep(string property, string message, string? help = null) =>
        _findings.Add(new Finding(FindingKind.Kept, property, message, help));

    public ResourcePlan Build(bool creates) => new(creates, _changes, _findings);

    private static Finding Unsupported(string store, Change change) =>
        new(
            FindingKind.Unsupported,
            change.Property,
            $"{change.Property} is left as it is: {store} cannot change it ({change.Text})");
}
