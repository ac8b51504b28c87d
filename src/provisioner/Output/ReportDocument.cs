using System.Text.Json;
using Esb.Provisioner.Converging;
using Esb.Schema.Diagnostics;

namespace Esb.Provisioner.Output;

/// <summary>The report as one JSON document, for scripts.</summary>
internal static class ReportDocument
{
    public static void Write(
        Stream output,
        IReadOnlyList<ResourceReport> reports,
        IEnumerable<Diagnostic> diagnostics,
        bool isPlan)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun", isPlan);
        writer.WriteStartArray("resources");
        foreach (var report in reports)
            Write(writer, report);
        writer.WriteEndArray();
        writer.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
            Write(writer, diagnostic);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ResourceReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", report.Noun);
        writer.WriteString("name", report.Name);
        writer.WriteString("outcome", report.Outcome.ToString().ToLowerInvariant());
        writer.WriteStartArray("changes");
        foreach (var change in report.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("property", change.Property);
            writer.WriteString("text", change.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("notDone");
        foreach (var finding in report.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("why", finding.Kind.ToString());
            writer.WriteString("property", finding.Property);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        writer.WriteString("code", diagnostic.Code);
        writer.WriteString("message", diagnostic.Message);
        if (diagnostic.File is not null)
        {
            writer.WriteString("file", diagnostic.File);
            writer.WriteNumber("line", diagnostic.Line);
            writer.WriteNumber("column", diagnostic.Column);
        }

        if (diagnostic.Help is not null)
            writer.WriteString("help", diagnostic.Help);
        writer.WriteEndObject();
    }
}
