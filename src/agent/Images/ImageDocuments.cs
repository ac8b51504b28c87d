using System.Text.Json.Serialization;

namespace Esb.Agent.Images;

/// <summary>
/// What a tag refers to: a manifest, or an index of manifests by platform. Source: OCI, "Image Manifest" and "Image
/// Index".
/// </summary>
internal sealed record Manifest(
    string? MediaType,
    Part? Config,
    IReadOnlyList<Part>? Layers,
    IReadOnlyList<Part>? Manifests);

/// <summary>A descriptor.</summary>
internal sealed record Part(string? MediaType, string Digest, long Size, Platform? Platform);

/// <summary>The platform of a manifest in an index.</summary>
internal sealed record Platform(string? Architecture, string? Os);

/// <summary>Source: OCI, "Image Configuration".</summary>
internal sealed record ImageConfiguration(string? Architecture, ImageDefaults? Config, RootFileSystem? Rootfs);

/// <summary>How the image is to be run.</summary>
internal sealed record ImageDefaults(
    [property: JsonPropertyName("User")] string? User,
    [property: JsonPropertyName("Env")] IReadOnlyList<string>? Env,
    [property: JsonPropertyName("Entrypoint")] IReadOnlyList<string>? Entrypoint,
    [property: JsonPropertyName("Cmd")] IReadOnlyList<string>? Cmd,
    [property: JsonPropertyName("WorkingDir")] string? WorkingDir);

/// <summary>Digests of the unpacked layers, lowest first.</summary>
internal sealed record RootFileSystem([property: JsonPropertyName("diff_ids")] IReadOnlyList<string>? DiffIds);

/// <summary>The answer of a token service; registries use either name.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("token")] string? Token,
    [property: JsonPropertyName("access_token")] string? AccessToken);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ImageJson : JsonSerializerContext;
