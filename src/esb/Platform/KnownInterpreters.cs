using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Interpreters;

namespace Esb.Cli.Platform;

/// <summary>
/// Interpreter versions, cached in the state folder because starting an interpreter takes longer than a deploy. An
/// interpreter is asked for its version again when its file has changed.
/// </summary>
internal sealed class KnownInterpreters
{
    private const int MaxPrograms = 200;

    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownInterpreter> _known;
    private bool _changed;

    private KnownInterpreters(string file, Dictionary<string, KnownInterpreter> known) =>
        (_file, _known) = (file, known);

    /// <summary>The kept versions; empty when they cannot be read.</summary>
    public static KnownInterpreters Read(StateFolder state)
    {
        var file = state.InterpretersFile;
        try
        {
            var known = JsonSerializer.Deserialize(
                OrdinaryFile.ReadAll(file), KnownInterpretersJson.Default.DictionaryStringKnownInterpreter);
            return new KnownInterpreters(file, known ?? []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new KnownInterpreters(file, []);
        }
    }

    /// <summary>The interpreter of a program; the program is started only when its version is unknown.</summary>
    public async Task<Interpreter?> OfAsync(string program, Func<Task<Interpreter?>> ask)
    {
        if (Statx.Of(program) is not { } file)
            return null;
        var stamp = string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Inode} {file.Size} {file.Modified.TotalNanoseconds} {file.Changed.TotalNanoseconds}");
        lock (_gate)
        {
            if (_known.TryGetValue(program, out var known) && known.Stamp == stamp)
                return known.Path is null ? null : new Interpreter(known.Path, known.Version!);
        }

        var found = await ask();
        lock (_gate)
        {
            _known[program] = new KnownInterpreter(stamp, found?.Path, found?.Version);
            _changed = true;
        }

        return found;
    }

    /// <summary>Saves the versions. If that fails, the next deploy takes a little longer.</summary>
    public void Write()
    {
        try
        {
            if (_changed && _known.Count <= MaxPrograms)
                AtomicFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(
                    _known, KnownInterpretersJson.Default.DictionaryStringKnownInterpreter));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may belong to another user, or not exist before the first esb up.
        }
    }
}

/// <summary>The kept answer of one program.</summary>
/// <param name="Stamp">The state of its file at that time.</param>
/// <param name="Path">The interpreter's own path; null when it is not an interpreter.</param>
/// <param name="Version">Its version.</param>
internal sealed record KnownInterpreter(string Stamp, string? Path, string? Version);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(Dictionary<string, KnownInterpreter>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class KnownInterpretersJson : JsonSerializerContext;
