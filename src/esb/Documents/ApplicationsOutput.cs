using System.Text.Json.Serialization;

namespace Esb.Cli.Documents;

/// <summary>The applications of a platform: <c>esb list --json</c>.</summary>
/// <param name="ConfigDir">The configuration folder.</param>
/// <param name="Applications">Sorted by name; entries without an application are last.</param>
internal sealed record ApplicationsOutput(string ConfigDir, IReadOnlyList<ApplicationOutput> Applications);

/// <summary>One application and what belongs to it.</summary>
/// <param name="Name">Its name; null for entries that belong to none.</param>
/// <param name="Deployed">When it was last deployed, in UTC; absent when that is not known.</param>
/// <param name="By">The user who deployed it; absent when that is not known.</param>
/// <param name="Templates">The templates of the last deploy; absent when they are not known.</param>
/// <param name="Functions">Its functions; absent when it has none.</param>
/// <param name="Routes">Its routes, as <c>METHOD /path</c>; absent when it has none.</param>
/// <param name="ApiKeys">Its API keys; absent when it has none.</param>
/// <param name="Tables">Its tables; absent when it has none.</param>
/// <param name="Buckets">Its buckets; absent when it has none.</param>
/// <param name="Layers">Its layers; absent when it has none.</param>
internal sealed record ApplicationOutput(
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? Deployed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Templates,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Functions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Routes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? ApiKeys,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tables,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Buckets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Layers);
