using System.Text.Json.Serialization;

namespace Esb.Cli.Documents;

/// <summary>How a revision differs from another one, or from the files: <c>esb diff --json</c>.</summary>
/// <param name="From">The earlier state.</param>
/// <param name="To">The later state.</param>
/// <param name="Changed">Whether they differ.</param>
/// <param name="Changes">What differs.</param>
/// <param name="Closed">Routes that are closed in the later state only; absent when there are none.</param>
/// <param name="Overlaps">Routes that overlap with others; absent when there are none.</param>
internal sealed record ComparisonOutput(
    ComparedOutput From,
    ComparedOutput To,
    bool Changed,
    IReadOnlyList<ChangeOutput> Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ClosedRouteOutput>? Closed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OverlapOutput>? Overlaps);

/// <summary>One of two compared states.</summary>
/// <param name="Revision">The number of the revision; absent for the files.</param>
/// <param name="Configuration">The hash by which the gateway identifies it.</param>
internal sealed record ComparedOutput(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Revision,
    string Configuration);
