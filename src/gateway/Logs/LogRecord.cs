using System.Text.Json.Serialization;

namespace Esb.Gateway.Logs;

/// <summary>One line that a function wrote, or that the platform says about it.</summary>
internal sealed record LogRecord(
    DateTimeOffset Time,
    string Function,
    string Revision,
    [property: JsonPropertyName("request_id")] string RequestId,
    string Worker,
    string Stream,
    string Text);

/// <summary>Source-generated, one object a line.</summary>
[JsonSerializable(typeof(LogRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class LogJson : JsonSerializerContext;
