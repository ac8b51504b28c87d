using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.Cli.Diagnosis;

/// <summary>What <c>esb doctor --json</c> prints.</summary>
/// <param name="Version">The version of <c>esb</c>.</param>
/// <param name="Mode"><c>process</c>, <c>docker</c> or <c>containerd</c>.</param>
/// <param name="Project">The name of the environment's folder.</param>
/// <param name="Time">When the checks ended.</param>
/// <param name="Findings">The findings, in the order of the output.</param>
internal sealed record DoctorDocument(
    string Version, string Mode, string Project, DateTimeOffset Time, IReadOnlyList<Finding> Findings)
{
    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Readable.DoctorDocument);
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    // For terminals and scripts, not for HTML: arrows and quotes are not escaped.
    public static DoctorJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
