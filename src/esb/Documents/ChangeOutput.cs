using System.Text.Json.Serialization;
using Esb.Schema.Merging;

namespace Esb.Cli.Documents;

/// <summary>One key of one file, and what happens to it.</summary>
/// <param name="File">The file.</param>
/// <param name="Section"><c>function</c>, <c>default</c>, <c>route</c>, <c>API key</c>, <c>table</c> …</param>
/// <param name="Key">The name; <c>METHOD /path</c> for a route.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Stays">Present for a default that is kept although the template has another value.</param>
/// <param name="Differences">The values that differ; absent when none do.</param>
internal sealed record ChangeOutput(
    string File,
    string Section,
    string Key,
    ChangeKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Stays,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<DifferenceOutput>? Differences);

/// <summary>One value that differs. Values that may be secret are not shown.</summary>
/// <param name="Path">Where it is, such as <c>events[0].schedule.rate</c>.</param>
[JsonDerivedType(typeof(DifferenceOutput))]
[JsonDerivedType(typeof(ShownDifferenceOutput))]
internal record DifferenceOutput([property: JsonPropertyOrder(-1)] string Path);

/// <summary>One value that differs, with both values.</summary>
/// <param name="Path">Where it is, such as <c>events[0].schedule.rate</c>.</param>
/// <param name="Before">The value before the change; null when the key was added.</param>
/// <param name="After">The value after the change; null when the key was removed.</param>
internal sealed record ShownDifferenceOutput(string Path, string? Before, string? After)
    : DifferenceOutput(Path);

/// <summary>A route that was open and is closed by the change.</summary>
/// <param name="Route">The route, as <c>METHOD /path</c>.</param>
/// <param name="Application">The application of the route; null when it belongs to none.</param>
/// <param name="Reason">Why every request is refused.</param>
internal sealed record ClosedRouteOutput(string Route, string? Application, string Reason);

/// <summary>A route that overlaps with another one: both match some of the same requests.</summary>
/// <param name="Route">The route of the deploy, as <c>METHOD /path</c>.</param>
/// <param name="Order"><c>before</c> when the deploy's route is matched first, otherwise <c>behind</c>.</param>
/// <param name="Other">The other route.</param>
/// <param name="Application">The application of the other route; null when it belongs to none.</param>
internal sealed record OverlapOutput(string Route, string Order, string Other, string? Application);
