using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Provisioner.Converging;
using Esb.Provisioner.Planning;
using Esb.Schema.Diagnostics;

namespace Esb.Provisioner.Output;

/// <summary>The report as one JSON document, for scripts: <c>esb-provisioner --json</c>.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Resources">The tables and buckets, in the order of the manifest.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
internal sealed record ReportDocument(
    bool DryRun,
    IReadOnlyList<ResourceDocument> Resources,
    IReadOnlyList<DiagnosticDocument> Diagnostics)
{
    public static ReportDocument Of(
        IReadOnlyList<ResourceReport> reports, IEnumerable<Diagnostic> diagnostics, bool isPlan) =>
        new(isPlan, [.. reports.Select(ResourceDocument.Of)], [.. diagnostics.Select(DiagnosticDocument.Of)]);

    public void Write(Stream output) => JsonSerializer.Serialize(output, this, ReportJson.Default.ReportDocument);
}

/// <summary>One table or bucket.</summary>
/// <param name="Kind"><c>table</c> or <c>bucket</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What happened to it; in a dry run, what would happen.</param>
/// <param name="Changes">What was changed.</param>
/// <param name="NotDone">What was not changed.</param>
internal sealed record ResourceDocument(
    string Kind,
    string Name,
    Outcome Outcome,
    IReadOnlyList<ChangeDocument> Changes,
    IReadOnlyList<NotDoneDocument> NotDone)
{
    public static ResourceDocument Of(ResourceReport report) => new(
        report.Noun,
        report.Name,
        report.Outcome,
        [.. report.Changes.Select(c => new ChangeDocument(c.Property, c.Text))],
        [.. report.Findings.Select(f => new NotDoneDocument(f.Kind, f.Property, f.Message))]);
}

/// <summary>One change.</summary>
/// <param name="Property">The property in the manifest.</param>
/// <param name="Text">The change, for people.</param>
internal sealed record ChangeDocument(string Property, string Text);

/// <summary>One difference that was not changed.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Property">The property in the manifest.</param>
/// <param name="Message">The difference, for people.</param>
internal sealed record NotDoneDocument(FindingKind Why, string Property, string Message);

/// <summary>An error or a warning. The file, line and column are absent when it concerns no file.</summary>
/// <param name="Severity">Whether it is an error or a warning.</param>
/// <param name="Code">The code.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="Help">How to correct it; absent when that is not known.</param>
internal sealed record DiagnosticDocument(
    Severity Severity,
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Help)
{
    public static DiagnosticDocument Of(Diagnostic diagnostic)
    {
        var hasPlace = diagnostic.File is not null;
        return new DiagnosticDocument(
            diagnostic.Severity,
            diagnostic.Code,
            diagnostic.Message,
            diagnostic.File,
            hasPlace ? diagnostic.Line : null,
            hasPlace ? diagnostic.Column : null,
            diagnostic.Help);
    }
}

/// <summary>Source-generated, in camelCase.</summary>
[JsonSerializable(typeof(ReportDocument))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters =
    [
        typeof(LowerCaseEnum<Outcome>),
        typeof(LowerCaseEnum<Severity>),
        typeof(JsonStringEnumConverter<FindingKind>),
    ])]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>Writes the names of an enumeration in snake_case.</summary>
internal sealed class LowerCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
