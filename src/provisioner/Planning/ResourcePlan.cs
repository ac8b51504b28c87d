using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>What is done for one resource, in this order, and what is not.</summary>
/// <param name="Creates">It is not there.</param>
/// <param name="Changes">Empty when there is nothing to do.</param>
/// <param name="Findings">What is wanted and not done, or there and not wanted.</param>
internal sealed record ResourcePlan(bool Creates, IReadOnlyList<Change> Changes, IReadOnlyList<Finding> Findings)
{
    public bool IsRefused => Findings.Any(f => f.Kind == FindingKind.Refused);
}
