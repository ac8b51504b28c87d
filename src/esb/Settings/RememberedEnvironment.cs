using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Settings;

/// <summary>
/// <c>environment.json</c>: the folder and ports of an environment, which a later start uses in any working folder.
/// </summary>
internal sealed record RememberedEnvironment
{
    /// <summary>The configuration folder that its gateway reads, absolute; null before the first start.</summary>
    public string? ConfigDir { get; init; }

    /// <summary>Null for the default ports, or those that are set.</summary>
    public PlatformPorts? Ports { get; init; }

    public static RememberedEnvironment Read(StateFolder state)
    {
        // An earlier version has the folder only in platform.json, while its platform runs.
        if (Parse(state.EnvironmentFile) is { } remembered)
            return remembered.ConfigDir is null
                ? remembered with { ConfigDir = Parse(state.PlatformFile)?.ConfigDir }
                : remembered;
        return new RememberedEnvironment { ConfigDir = Parse(state.PlatformFile)?.ConfigDir };
    }

    /// <summary>Writes it if it changed.</summary>
    public void Write(StateFolder state)
    {
        if (Parse(state.EnvironmentFile) != this)
            AtomicFile.Write(state.EnvironmentFile, [
                .. JsonSerializer.SerializeToUtf8Bytes(this, RememberedJson.Default.RememberedEnvironment), (byte)'\n',
            ]);
    }

    private static RememberedEnvironment? Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(OrdinaryFile.ReadAll(file), RememberedJson.Default.RememberedEnvironment);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException
            or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(RememberedEnvironment))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RememberedJson : JsonSerializerContext;
