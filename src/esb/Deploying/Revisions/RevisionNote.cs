using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>Who made a revision.</summary>
internal enum RevisionKind
{
    /// <summary>Nobody knows: its note cannot be read.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("deploy")]
    Deploy,

    [JsonStringEnumMemberName("rollback")]
    Rollback,

    /// <summary>A deploy found it: somebody had edited the files, or a deploy had been killed before its end.</summary>
    [JsonStringEnumMemberName("found")]
    Found,
}

/// <summary>What a revision was made by. No parameter and no environment variable of a function, which may be secret.</summary>
/// <param name="Kind">By whom.</param>
/// <param name="Command">As it was typed, e.g. <c>esb deploy -t orders.yml</c>; empty when nobody typed one.</param>
internal sealed record RevisionOrigin(RevisionKind Kind, string Command)
{
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Null when the command has none.</summary>
    public string? Environment { get; init; }

    /// <summary>The applications that it deploys.</summary>
    public IReadOnlyList<string> Applications { get; init; } = [];

    /// <summary>For a rollback: the revision that it went back to.</summary>
    public int? Of { get; init; }
}

/// <summary><c>revision.json</c>.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Kind">By whom.</param>
/// <param name="Command">As it was typed.</param>
/// <param name="Templates">As they were named.</param>
/// <param name="Environment">Of the deploy.</param>
/// <param name="Of">For a rollback: the revision that it went back to.</param>
/// <param name="Configuration">The hash by which a gateway says that it serves it.</param>
/// <param name="Changes">What was different from the state before.</param>
internal sealed record RevisionNote(
    DateTime Time,
    RevisionKind Kind,
    string Command,
    IReadOnlyList<string> Templates,
    string? Environment,
    int? Of,
    string Configuration,
    IReadOnlyDictionary<string, ChangeCount> Changes)
{
    public const string FileName = "revision.json";

    /// <summary>The applications that were deployed; null in a note from before there were any.</summary>
    public IReadOnlyList<string>? Applications { get; init; }

    public static RevisionNote Unknown { get; } = new(DateTime.UnixEpoch, RevisionKind.Unknown, "", [], null, null, "", new Dictionary<string, ChangeCount>());

    public static RevisionNote Made(RevisionOrigin origin, DateTime time, string configuration, IReadOnlyDictionary<string, ChangeCount> changes) =>
        new(time, origin.Kind, origin.Command, origin.Templates, origin.Environment, origin.Of, configuration, changes) { Applications = origin.Applications.Count == 0 ? null : origin.Applications };

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RevisionJson.Default.RevisionNote), (byte)'\n'];

    /// <summary>A note that somebody damaged costs its revision nothing but its history.</summary>
    public static RevisionNote Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, FileName)), RevisionJson.Default.RevisionNote) ?? Unknown;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Unknown;
        }
    }
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(RevisionNote))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
internal sealed partial class RevisionJson : JsonSerializerContext;
