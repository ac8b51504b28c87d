using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>The changes to one resource, in their order, and the differences that are not changed.</summary>
/// <param name="Creates">Whether the resource has to be created.</param>
/// <param name="Changes">The changes; empty when nothing is to be done.</param>
/// <param name="Findings">What is wanted but not done, or exists but is not wanted.</param>
internal sealed record ResourcePlan(bool Creates, IReadOnlyList<Change> Changes, IReadOnlyList<Finding> Findings)
{
    public bool IsRefused => Findings.Any(f => f.Kind == FindingKind.Refused);
}
