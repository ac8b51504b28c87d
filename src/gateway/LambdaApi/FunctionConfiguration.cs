using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization;
using Esb.Gateway.Configuration;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// The configuration of a function. Source: AWS, Lambda API reference, FunctionConfiguration. Environment variables are
/// omitted: they may be secrets, and local callers are not authenticated.
/// </summary>
internal sealed record FunctionConfiguration
{
    public required string FunctionName { get; init; }

    public required string FunctionArn { get; init; }

    public string? Runtime { get; init; }

    public string Role { get; } = "arn:aws:iam::000000000000:role/esb";

    public string? Handler { get; init; }

    public long CodeSize { get; }

    public string Description { get; } = "";

    public required int Timeout { get; init; }

    public required int MemorySize { get; init; }

    public required string LastModified { get; init; }

    public required string CodeSha256 { get; init; }

    public string Version { get; } = "$LATEST";

    public required string RevisionId { get; init; }

    public string State { get; } = "Active";

    public string LastUpdateStatus { get; } = "Successful";

    public required string PackageType { get; init; }

    public IReadOnlyList<string> Architectures { get; } =
        [RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x86_64"];

    public required IReadOnlyList<FunctionLayer> Layers { get; init; }

    public static string ArnOf(string function, string region) =>
        $"arn:aws:lambda:{region}:000000000000:function:{function}";

    public static FunctionConfiguration Of(FunctionEntry function, Snapshot snapshot, string region)
    {
        var spec = function.Pool.Spec;
        var loaded = snapshot.LoadedAt.UtcDateTime;
        return new FunctionConfiguration
        {
            FunctionName = function.Name,
            FunctionArn = ArnOf(function.Name, region),
            Runtime = spec.Runtime.Length > 0 ? spec.Runtime : null,
            Handler = spec.Handler.Length > 0 ? spec.Handler : null,
            Timeout = (int)function.Pool.Limits.Timeout.TotalSeconds,
            MemorySize = spec.MemorySize,
            LastModified = loaded.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
            CodeSha256 = Convert.ToBase64String(Encoding.UTF8.GetBytes(spec.Revision)),
            RevisionId = spec.Revision,
            PackageType = spec.Runtime.Length > 0 ? "Zip" : "Image",
            Layers = [.. spec.Layers.Select(layer => new FunctionLayer(layer))],
        };
    }
}

/// <summary>A layer of a function.</summary>
internal sealed record FunctionLayer(string Arn);

/// <summary>The answer to ListFunctions.</summary>
internal sealed record FunctionPage(IReadOnlyList<FunctionConfiguration> Functions, string? NextMarker);

/// <summary>The answer to GetFunction.</summary>
internal sealed record FunctionDescription(FunctionConfiguration Configuration, FunctionConcurrency? Concurrency)
{
    public FunctionCode Code { get; } = new("ESB");
}

/// <summary>The location of the code of a function.</summary>
internal sealed record FunctionCode(string RepositoryType);

/// <summary>The answer to GetFunctionConcurrency; empty without a reservation.</summary>
internal sealed record FunctionConcurrency(int? ReservedConcurrentExecutions);

/// <summary>Source-generated, with AWS's names; null values are omitted.</summary>
[JsonSerializable(typeof(FunctionConfiguration))]
[JsonSerializable(typeof(FunctionPage))]
[JsonSerializable(typeof(FunctionDescription))]
[JsonSerializable(typeof(FunctionConcurrency))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class FunctionJson : JsonSerializerContext;
