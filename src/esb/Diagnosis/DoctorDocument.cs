using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.Cli.Diagnosis;

/// <summary>What <c>esb doctor --json</c> prints.</summary>
/// <param name="Version">Of this esb.</param>
/// <param name="Mode">process, docker or containerd.</param>
/// <param name="Project">Which platform.</param>
/// <param name="Time">When it was looked at.</param>
/// <param name="Findings">In the order of the screen.</param>
internal sealed record DoctorDocument(string Version, string Mode, string Project, DateTimeOffset Time, IReadOnlyList<Finding> Findings)
{
    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Readable.DoctorDocument);
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    // For a terminal and for scripts, not for HTML: arrows and quotes stay what they are.
    public static DoctorJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
