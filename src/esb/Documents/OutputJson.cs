using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Cli.Deploying.Revisions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;

namespace Esb.Cli.Documents;

/// <summary>
/// The documents that commands print with <c>--json</c>: source-generated, in snake_case. Each has a schema in
/// <c>schemas/output</c>, which a test writes from these records.
/// </summary>
[JsonSerializable(typeof(ApplicationsOutput))]
[JsonSerializable(typeof(BackupOutput))]
[JsonSerializable(typeof(BundleDescription))]
[JsonSerializable(typeof(ComparisonOutput))]
[JsonSerializable(typeof(DeployOutput))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentOutput>))]
[JsonSerializable(typeof(HistoryOutput))]
[JsonSerializable(typeof(PruneOutput))]
[JsonSerializable(typeof(RestoreOutput))]
[JsonSerializable(typeof(StateOutput))]
[JsonSerializable(typeof(TemplateOutput))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    Converters =
    [
        typeof(LowerCaseEnum<ChangeKind>),
        typeof(LowerCaseEnum<Outcome>),
        typeof(LowerCaseEnum<RevisionKind>),
        typeof(LowerCaseEnum<Severity>),
    ])]
internal sealed partial class OutputJson : JsonSerializerContext;

/// <summary>The status, on one line as the gateway writes it.</summary>
[JsonSerializable(typeof(StatusOutput))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class StatusJson : JsonSerializerContext;

/// <summary>The names of an enumeration in lower case.</summary>
internal sealed class LowerCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
