using System.Text.Json;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;

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
    public const string FileName = GeneratedFolder.ReceiptName;

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
            StartingReport.Write(json, Plan);
            ChangeJson.Write(json, Plan);
            TemplateJson.Write(json, Notes);
            TemplateJson.Write(json, Diagnostics);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
