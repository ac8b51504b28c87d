using System.Text.Json.Serialization;

namespace Esb.Cli.Bundles.Format;

/// <summary><c>manifest.json</c> of a bundle.</summary>
internal sealed record ManifestDocument
{
    /// <summary>The version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The version of ESB that made the bundle.</summary>
    public required string Esb { get; init; }

    /// <summary><c>process</c>, <c>docker</c> or <c>containerd</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><c>x86_64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The environment that it is for.</summary>
    public required string Environment { get; init; }

    /// <summary>Present when no environment was named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AnyEnvironment { get; init; }

    /// <summary>The names of the templates.</summary>
    public required IReadOnlyList<string?> Templates { get; init; }

    /// <summary>The names of the images.</summary>
    public required IReadOnlyList<string?> Images { get; init; }

    /// <summary>What <c>--strict</c> would have refused; absent in bundles of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Doubts { get; init; }

    /// <summary>The files and links, sorted by path.</summary>
    public required IReadOnlyList<ManifestEntry> Entries { get; init; }
}

/// <summary>One file or link of a bundle.</summary>
internal sealed record ManifestEntry
{
    /// <summary>The path in the bundle.</summary>
    public required string Path { get; init; }

    /// <summary>The target of a link; absent for a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The size of a file in bytes; absent for a link.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    /// <summary>The SHA-256 of a file, in hexadecimal; absent for a link.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Present for an executable file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Executable { get; init; }
}

/// <summary>The keys that all formats have in common, so that an unknown format can be reported.</summary>
internal sealed record ManifestHeader
{
    public required long Format { get; init; }

    public string? Esb { get; init; }
}

/// <summary>Source-generated, snake_case; a manifest comes from another machine and is read strictly.</summary>
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(ManifestHeader))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    MaxDepth = 8,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
internal sealed partial class ManifestContext : JsonSerializerContext;
