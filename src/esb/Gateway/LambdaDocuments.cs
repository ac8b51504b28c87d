using System.Text.Json.Serialization;

namespace Esb.Cli.Gateway;

/// <summary>The answer of a function that failed. Source: AWS, Lambda developer guide, function errors.</summary>
internal sealed record FunctionFailure(
    [property: JsonPropertyName("errorType")] string? Type,
    [property: JsonPropertyName("errorMessage")] string? Message);

/// <summary>An error of the Lambda API. Source: AWS, Lambda API reference, Invoke, Errors.</summary>
internal sealed record LambdaRefusal([property: JsonPropertyName("Message")] string? Message);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(FunctionFailure))]
[JsonSerializable(typeof(LambdaRefusal))]
internal sealed partial class LambdaJson : JsonSerializerContext;
