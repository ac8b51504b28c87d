using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Esb.Schema.Functions;

namespace Esb.Gateway.Workers;

/// <summary>
/// Everything that makes the workers of one function differ from those of another. When it changes, the workers are
/// replaced.
/// </summary>
internal sealed record WorkerSpec
{
    public required string Function { get; init; }

    /// <summary>
    /// The revision of the function, for users and clients; set by the deploy, or computed here for hand-written files.
    /// </summary>
    public required string Revision { get; init; }

    /// <summary>The folder of staged code for process mode; empty for none.</summary>
    public required string Code { get; init; }

    /// <summary>The image reference for container modes; empty for none.</summary>
    public required string Image { get; init; }

    /// <summary>What is run in the image.</summary>
    public ImageConfiguration ImageConfig { get; init; } = ImageConfiguration.None;

    /// <summary>The size of <c>/tmp</c> in MiB; 0 for the backend's default.</summary>
    public int EphemeralStorage { get; init; }

    public required string Runtime { get; init; }

    public required string Handler { get; init; }

    /// <summary>The memory size in MiB.</summary>
    public required int MemorySize { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>A hash of all properties above.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Lambda's default memory size in MiB.</summary>
    private const int DefaultMemorySize = 128;

    public static WorkerSpec From(FunctionDefinition function, FunctionDefaults defaults)
    {
        var environment = EnvironmentOf(function.Environment, defaults.Environment);
        var memory = function.MemorySize ?? defaults.MemorySize ?? DefaultMemorySize;
        var fingerprint = Hash(function, memory, environment);
        return new WorkerSpec
        {
            Function = function.Name,
            Revision = function.Revision ?? fingerprint[..8],
            Code = function.Code ?? "",
            Image = function.Image ?? "",
            ImageConfig = function.ImageConfig,
            EphemeralStorage = function.EphemeralStorage ?? 0,
            Runtime = function.Runtime ?? "",
            Handler = function.Handler ?? "",
            MemorySize = memory,
            Environment = environment,
            Layers = function.Layers,
            Fingerprint = fingerprint,
        };
    }

    // Without defaults, the function's own variables need not be copied.
    private static IReadOnlyDictionary<string, string> EnvironmentOf(
        IReadOnlyDictionary<string, string> own,
        IReadOnlyDictionary<string, string> defaults)
    {
        if (defaults.Count == 0)
            return own;
        var environment = new Dictionary<string, string>(defaults, StringComparer.Ordinal);
        foreach (var (key, value) in own)
            environment[key] = value;
        return environment;
    }

    private static string Hash(FunctionDefinition function, int memory, IReadOnlyDictionary<string, string> environment)
    {
        var text = new StringBuilder(256);
        void Part(string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);
        Part(function.Revision);
        Part(function.Image);
        Part(function.Code);
        Part(string.Join('\0', function.ImageConfig.EntryPoint));
        Part(string.Join('\0', function.ImageConfig.Command));
        Part(function.ImageConfig.WorkingDirectory);
        Part(function.EphemeralStorage?.ToString(CultureInfo.InvariantCulture));
        Part(function.Runtime);
        Part(function.Handler);
        Part(memory.ToString(CultureInfo.InvariantCulture));
        foreach (var layer in function.Layers)
            Part(layer);
        string[] names = [.. environment.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            Part(name);
            Part(environment[name]);
        }

        var hash = new XxHash128();
        foreach (var chunk in text.GetChunks())
            hash.Append(MemoryMarshal.AsBytes(chunk.Span));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
