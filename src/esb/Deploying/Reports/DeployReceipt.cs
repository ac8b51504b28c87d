using System.Text.Json;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Deploying.Transaction;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary><c>receipt.json</c>: what a deploy did, for people who look later and for scripts. It holds no parameter and no environment, which may be secret.</summary>
internal sealed record DeployReceipt(
    string Environment,
    IReadOnlyList<string> Templates,
    string ConfigurationFolder,
    DeployPlan Plan,
    TemplateNotes Notes,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    public const string FileName = "receipt.json";

    public byte[] ToJson(bool indented = true)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("environment", Environment);
            json.WriteStartArray("templates");
            foreach (var template in Templates)
                json.WriteStringValue(template);
            json.WriteEndArray();
            json.WriteString("config_dir", ConfigurationFolder);
            json.WriteString("configuration", Plan.Hash);
            json.WriteBoolean("changed", Plan.Writes);
            WriteChanges(json);
            WriteNotes(json);
            WriteDiagnostics(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private void WriteChanges(Utf8JsonWriter json)
    {
        json.WriteStartArray("changes");
        foreach (var file in Plan.Updates)
        {
            foreach (var change in file.Changes)
            {
                json.WriteStartObject();
                json.WriteString("file", file.Name);
                json.WriteString("section", change.Section);
                json.WriteString("key", change.Key);
                json.WriteString("kind", change.Kind switch { ChangeKind.Added => "added", ChangeKind.Replaced => "replaced", _ => "unchanged" });
                WriteDifferences(json, Difference.Of(change));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<Difference> differences)
    {
        if (differences.Count == 0)
            return;
        json.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            if (!difference.IsSecret)
            {
                json.WriteString("before", difference.Before);
                json.WriteString("after", difference.After);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteNotes(Utf8JsonWriter json)
    {
        json.WriteStartArray("template");
        foreach (var line in Notes.Lines)
        {
            json.WriteStartObject();
            json.WriteString("resource", line.Resource);
            json.WriteString("property", line.Property);
            json.WriteString("outcome", line.Outcome switch { Outcome.Ignored => "ignored", Outcome.Approximated => "approximated", _ => "applied" });
            json.WriteString("reason", line.Reason);
            json.WriteString("file", line.Place.File);
            json.WriteNumber("line", line.Place.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteDiagnostics(Utf8JsonWriter json)
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("severity", diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "information" });
            json.WriteString("code", diagnostic.Code);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("file", diagnostic.File);
            json.WriteNumber("line", diagnostic.Line);
            json.WriteNumber("column", diagnostic.Column);
            json.WriteString("help", diagnostic.Help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
