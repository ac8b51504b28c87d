using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>The changes to one resource, in order, and what is not done.</summary>
/// <param name="Creates">Whether the resource has to be created.</param>
/// <param name="Changes">Empty when there is nothing to do.</param>
/// <param name="Findings">What is wanted and not done, or present and not wanted.</param>
internal sealed record ResourcePlan(bool Creates, IReadOnlyList<Change> Changes, IReadOnlyList<Finding> Findings)
{
    public bool IsRefused => Findings.Any(f => f.Kind == FindingKind.Refused);
}
