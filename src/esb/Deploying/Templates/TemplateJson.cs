using System.Buffers;
using System.Text.Json;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Templates;

/// <summary>A receipt and diagnostics as JSON; the same wherever they are shown.</summary>
internal static class TemplateJson
{
    // What a line of the receipt takes, about: a buffer that doubles up to thousands of them leaves as much again behind.
    private const int LineLength = 200;

    /// <summary>One document: what <c>esb validate --json</c> and <c>esb generate --json</c> print, and <c>receipt.json</c> of the latter.</summary>
    public static ReadOnlyMemory<byte> Document(IReadOnlyList<string> templates, string? summary, TemplateNotes notes, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var buffer = new ArrayBufferWriter<byte>((notes.Lines.Count + diagnostics.Count + 10) * LineLength);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("templates");
            foreach (var template in templates)
                json.WriteStringValue(template);
            json.WriteEndArray();
            json.WriteBoolean("valid", diagnostics.All(d => d.Severity != Severity.Error));
            json.WriteString("summary", summary);
            json.WriteStartObject("counts");
            foreach (var outcome in Enum.GetValues<Outcome>())
                json.WriteNumber(NameOf(outcome), notes.Lines.Count(l => l.Outcome == outcome));
            json.WriteEndObject();
            Write(json, notes);
            Write(json, diagnostics);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>The property <c>template</c>: a line for each resource and property.</summary>
    public static void Write(Utf8JsonWriter json, TemplateNotes notes)
    {
        json.WriteStartArray("template");
        foreach (var line in notes.Lines)
        {
            json.WriteStartObject();
            json.WriteString("resource", line.Resource);
            json.WriteString("property", line.Property);
            json.WriteString("outcome", NameOf(line.Outcome));
            json.WriteString("reason", line.Reason);
            json.WriteString("file", line.Place.File);
            json.WriteNumber("line", line.Place.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The property <c>diagnostics</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Diagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
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

    /// <summary>The word for an outcome.</summary>
    public static string NameOf(Outcome outcome) => outcome switch { Outcome.Ignored => "ignored", Outcome.Approximated => "approximated", _ => "applied" };
}
