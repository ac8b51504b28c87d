using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Host.Files;
using Esb.Schema.Files;

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

    [JsonStringEnumMemberName("removal")]
    Removal,

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

    /// <summary>By application, its own templates as they were named; empty when that is not known.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The defaults that it brings, by their paths.</summary>
    public IReadOnlyList<string> Defaults { get; init; } = [];

    /// <summary>For a rollback: the revision that it went back to.</summary>
    public int? Of { get; init; }
}

/// <summary>The last deploy of an application, as a revision remembers it.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="By">The user who did it; null when it was not kept.</param>
/// <param name="Templates">As they were named.</param>
/// <param name="Places">Where they are, in full; empty when that is not known, as for a bundle.</param>
internal sealed record DeployedFrom(DateTime Time, string? By, IReadOnlyList<string> Templates, IReadOnlyList<string> Places)
{
    /// <summary>The defaults that this deploy or an earlier one of the application brought.</summary>
    public IReadOnlyList<string>? Defaults { get; init; }
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
    public const string FileName = ConfigurationFiles.RevisionNote;

    /// <summary>The applications that were deployed; null in a note from before there were any.</summary>
    public IReadOnlyList<string>? Applications { get; init; }

    /// <summary>
    /// By application, the deploy that what the revision has of it came from: kept in each revision, so that it outlives those that are pruned. Null in a note from before it was kept.
    /// </summary>
    public IReadOnlyDictionary<string, DeployedFrom>? Deployed { get; init; }

    /// <summary>The user who did it; null in a note from before it was kept.</summary>
    public string? By { get; init; }

    public static RevisionNote Unknown { get; } = new(DateTime.UnixEpoch, RevisionKind.Unknown, "", [], null, null, "", new Dictionary<string, ChangeCount>());

    public static RevisionNote Made(RevisionOrigin origin, DateTime time, string configuration, IReadOnlyDictionary<string, ChangeCount> changes) =>
        new(time, origin.Kind, origin.Command, origin.Templates, origin.Environment, origin.Of, configuration, changes) { Applications = origin.Applications.Count == 0 ? null : origin.Applications, By = origin.Kind is RevisionKind.Found ? null : System.Environment.UserName };

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RevisionJson.Default.RevisionNote), (byte)'\n'];

    /// <summary>A note that somebody damaged costs its revision nothing but its history.</summary>
    public static RevisionNote Read(string folder)
    {
        try
        {
            var bytes = OrdinaryFile.ReadAll(Path.Combine(folder, FileName));
            var note = JsonSerializer.Deserialize(bytes, RevisionJson.Default.RevisionNote);
            // A document without these keys is no note, whatever else it is.
            return note is { Command: not null, Templates: not null, Configuration: not null, Changes: not null } ? note : Unknown;
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
