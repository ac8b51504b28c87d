using System.Text.Json.Serialization;

namespace Esb.Cli.Documents;

/// <summary>What <c>esb rollback --json</c> and <c>esb remove --json</c> did, or would do.</summary>
/// <param name="To">The revision that a rollback restores; absent for a removal.</param>
/// <param name="Revision">The number of the new revision; absent when none was made.</param>
/// <param name="ConfigDir">The configuration folder.</param>
/// <param name="Configuration">The hash by which the gateway identifies what it serves.</param>
/// <param name="Changed">Whether a file changes.</param>
/// <param name="Changes">What happens to each key.</param>
/// <param name="Closed">Routes that the change closes; absent when there are none.</param>
/// <param name="Overlaps">Routes that overlap with others; absent when there are none.</param>
/// <param name="Snapshot">The snapshot of deleted tables and buckets; absent when none were deleted.</param>
internal sealed record StateOutput(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Revision,
    string ConfigDir,
    string Configuration,
    bool Changed,
    IReadOnlyList<ChangeOutput> Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ClosedRouteOutput>? Closed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OverlapOutput>? Overlaps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Snapshot);
