using System.Text.Json.Serialization;

namespace Esb.Cli.Documents;

/// <summary>
/// What a deploy did, or would do: <c>esb deploy --json</c>, and <c>receipt.json</c> in the output folder. It contains
/// neither parameters nor environment variables, since these may be secret.
/// </summary>
/// <param name="Environment">The environment.</param>
/// <param name="Templates">The templates, as they were named.</param>
/// <param name="ConfigDir">The configuration folder.</param>
/// <param name="Configuration">The hash by which the gateway identifies what it serves.</param>
/// <param name="Changed">Whether a file changes.</param>
/// <param name="Kept">Files that were missing and got their content from another source; absent when there are
/// none.</param>
/// <param name="Lost">Entries that were served and no longer are; absent when there are none.</param>
/// <param name="Changes">What happens to each key that the templates name.</param>
/// <param name="Closed">Routes that the deploy closes; absent when there are none.</param>
/// <param name="Overlaps">Routes that overlap with others; absent when there are none.</param>
/// <param name="Template">How each resource and property of the templates is treated.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
internal sealed record DeployOutput(
    string Environment,
    IReadOnlyList<string> Templates,
    string ConfigDir,
    string Configuration,
    bool Changed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<KeptFileOutput>? Kept,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Lost,
    IReadOnlyList<ChangeOutput> Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ClosedRouteOutput>? Closed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OverlapOutput>? Overlaps,
    IReadOnlyList<TemplateLineOutput> Template,
    IReadOnlyList<DiagnosticOutput> Diagnostics);

/// <summary>A file that was missing.</summary>
/// <param name="File">Its name.</param>
/// <param name="From">Where its content came from.</param>
internal sealed record KeptFileOutput(string File, string From);
