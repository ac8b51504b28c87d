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

    /// <summary>The ports that were chosen; null for the default ones or those in the settings.</summary>
    public PlatformPorts? Ports { get; init; }

    /// <exception cref="CommandFailure">
    /// The file exists but cannot be read: it may contain another folder and ports than the default ones.
    /// </exception>
    public static RememberedEnvironment Read(StateFolder state)
    {
        var remembered = Own(state) ?? new RememberedEnvironment();
        // An earlier version records the folder only in platform.json, while its platform runs.
        return remembered.ConfigDir is null
            ? remembered with { ConfigDir = FolderOfRunning(state) }
            : remembered;
    }

    /// <summary>Writes the file if its content changes.</summary>
    public void Write(StateFolder state)
    {
        if (Own(state) != this)
            AtomicFile.Write(state.EnvironmentFile, [
                .. JsonSerializer.SerializeToUtf8Bytes(this, RememberedJson.Default.RememberedEnvironment), (byte)'\n',
            ]);
    }

    // An unreadable platform.json is ignored here; the commands that need it report the error.
    private static string? FolderOfRunning(StateFolder state)
    {
        try
        {
            return Parse(state.PlatformFile)?.ConfigDir;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static RememberedEnvironment? Own(StateFolder state)
    {
        try
        {
            return Parse(state.EnvironmentFile) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // Never started, or only by an earlier version.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw CommandFailure.Environment(
                $"the configuration folder and the ports of {state.Display} are unknown: {e.Message}; "
                    + "nothing was changed",
                $"put back {state.EnvironmentFile}, or remove it and name the folder with --config-dir");
        }
    }

    private static RememberedEnvironment? Parse(string file) =>
        JsonSerializer.Deserialize(OrdinaryFile.ReadAll(file), RememberedJson.Default.RememberedEnvironment);
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(RememberedEnvironment))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RememberedJson : JsonSerializerContext;
