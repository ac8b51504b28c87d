using System.Text.Json.Serialization;

namespace Esb.AdminProtocol.Stores;

/// <summary>
/// The documents of the administration socket and of archives as JSON: source-generated, in snake_case.
/// </summary>
[JsonSerializable(typeof(StoreContents))]
[JsonSerializable(typeof(StoresProblem))]
[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
public sealed partial class StoresAdminJson : JsonSerializerContext;
