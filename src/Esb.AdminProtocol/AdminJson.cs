using System.Text.Json.Serialization;

namespace Esb.AdminProtocol;

/// <summary>The documents as JSON, for both sides: source-generated, in snake_case.</summary>
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(IReadOnlyList<FunctionStatus>))]
[JsonSerializable(typeof(IReadOnlyList<RouteStatus>))]
[JsonSerializable(typeof(IReadOnlyList<WorkerStatus>))]
[JsonSerializable(typeof(LogRecord))]
[JsonSerializable(typeof(AdminMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
public sealed partial class AdminJson : JsonSerializerContext;

/// <summary>The three files as JSON, without properties that are null.</summary>
[JsonSerializable(typeof(ServedFiles))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
public sealed partial class ServedFilesJson : JsonSerializerContext;
