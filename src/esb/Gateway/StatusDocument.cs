using System.Text.Json.Serialization;

namespace Esb.Cli.Gateway;

/// <summary>What the gateway's admin port answers to <c>GET /status</c>; what this version does not show is left out.</summary>
internal sealed record StatusDocument(
    string Version,
    DateTimeOffset StartedAt,
    ServedConfiguration Configuration,
    IReadOnlyList<FunctionStatus> Functions,
    IReadOnlyList<RouteStatus> Routes,
    IReadOnlyList<WorkerStatus> Workers);

/// <summary>Which configuration is live, and why the newest files are not, if they are not.</summary>
internal sealed record ServedConfiguration(string Hash, DateTimeOffset LoadedAt, int Functions, int Routes, ErrorMessage? Error);

/// <summary>A message for people.</summary>
internal sealed record ErrorMessage(string Message);

/// <summary>One function since the gateway started.</summary>
internal sealed record FunctionStatus(
    string Name,
    string Revision,
    int Workers,
    int Queue,
    long Errors,
    int CallsPerMinute,
    [property: JsonPropertyName("p50_ms")] double? P50,
    [property: JsonPropertyName("p99_ms")] double? P99,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    string? Application = null);

/// <summary>One route.</summary>
internal sealed record RouteStatus(string Method, string Path, string Function, string Payload, string? Target = null, string? Application = null, string? Closed = null);

/// <summary>One worker.</summary>
internal sealed record WorkerStatus(string Function, string State);

/// <summary>One line of <c>GET /logs</c>.</summary>
internal sealed record LogLine(DateTimeOffset Time, string Function, string RequestId, string Stream, string Text);

/// <summary>What a function answers when it failed. Source: AWS, Lambda developer guide, function errors.</summary>
internal sealed record FunctionFailure(
    [property: JsonPropertyName("errorType")] string? Type,
    [property: JsonPropertyName("errorMessage")] string? Message);

/// <summary>What the Lambda API answers when it refuses. Source: AWS, Lambda API reference, Invoke, Errors.</summary>
internal sealed record LambdaRefusal([property: JsonPropertyName("Message")] string? Message);

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(IReadOnlyList<FunctionStatus>))]
[JsonSerializable(typeof(IReadOnlyList<RouteStatus>))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(FunctionFailure))]
[JsonSerializable(typeof(LambdaRefusal))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class GatewayJson : JsonSerializerContext;
