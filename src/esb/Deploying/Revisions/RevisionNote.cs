using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>The kind of command that made a revision.</summary>
internal enum RevisionKind
{
    /// <summary>The kind is unknown, because the note cannot be read.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("deploy")]
    Deploy,

    [JsonStringEnumMemberName("rollback")]
    Rollback,

    [JsonStringEnumMemberName("removal")]
    Removal,

    /// <summary>
    /// Not made by a command: a deploy found files that had been edited, or that a killed deploy had left.
    /// </summary>
    [JsonStringEnumMemberName("found")]
    Found,
}

/// <summary>
/// The origin of a revision, without parameters or environment variables of functions, which may be secret.
/// </summary>
/// <param name="Kind">The kind of command.</param>
/// <param name="Command">
/// The command as typed, such as <c>esb deploy -t orders.yml</c>; empty when there was none.
/// </param>
internal sealed record RevisionOrigin(RevisionKind Kind, string Command)
{
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Null when the command has no environment.</summary>
    public string? Environment { get; init; }

    /// <summary>The applications that it deploys.</summary>
    public IReadOnlyList<string> Applications { get; init; } = [];

    /// <summary>The templates of each application, as the user named them; empty when unknown.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The paths of the defaults that it adds.</summary>
    public IReadOnlyList<string> Defaults { get; init; } = [];

    /// <summary>The revision that a rollback restored.</summary>
    public int? Of { get; init; }
}

/// <summary>The last deploy of an application, as recorded in a revision.</summary>
/// <param name="Time">The time, in UTC.</param>
/// <param name="By">The user; null when it was not recorded.</param>
/// <param name="Templates">The templates, as the user named them.</param>
/// <param name="Places">Their absolute paths; empty when unknown, as for a bundle.</param>
internal sealed record DeployedFrom(
    DateTime Time,
    string? By,
    IReadOnlyList<string> Templates,
    IReadOnlyList<string> Places)
{
    /// <summary>The defaults that this deploy or an earlier one of the application added.</summary>
    public IReadOnlyList<string>? Defaults { get; init; }
}

/// <summary><c>revision.json</c>.</summary>
/// <param name="Time">The time, in UTC.</param>
/// <param name="Kind">The kind of command.</param>
/// <param name="Command">The command, as typed.</param>
/// <param name="Templates">The templates, as the user named them.</param>
/// <param name="Environment">The environment of the deploy.</param>
/// <param name="Of">The revision that a rollback restored.</param>
/// <param name="Configuration">The hash that a gateway reports when it serves the revision.</param>
/// <param name="Changes">Counts of the changes from the previous state.</param>
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

    /// <summary>The deployed applications; null in a note of a version without applications.</summary>
    public IReadOnlyList<string>? Applications { get; init; }

    /// <summary>
    /// The last deploy of each application. Each revision records it, so that it outlives revisions that are pruned.
    /// Null in older notes.
    /// </summary>
    public IReadOnlyDictionary<string, DeployedFrom>? Deployed { get; init; }

    /// <summary>
    /// The hash of resources.yml, which <see cref="Configuration"/> does not cover; null in older notes.
    /// </summary>
    public string? Resources { get; init; }

    /// <summary>The user; null in older notes.</summary>
    public string? By { get; init; }

    public static RevisionNote Unknown { get; } = new(
        DateTime.UnixEpoch, RevisionKind.Unknown, "", [], null, null, "", new Dictionary<string, ChangeCount>());

    public static RevisionNote Made(
        RevisionOrigin origin, DateTime time, string configuration, IReadOnlyDictionary<string, ChangeCount> changes) =>
        new(time, origin.Kind, origin.Command, origin.Templates, origin.Environment, origin.Of, configuration, changes)
        {
            Applications = origin.Applications.Count == 0 ? null : origin.Applications,
            By = origin.Kind is RevisionKind.Found ? null : System.Environment.UserName,
        };

    public byte[] ToJson() =>
        [.. JsonSerializer.SerializeToUtf8Bytes(this, RevisionJson.Default.RevisionNote), (byte)'\n'];

    /// <summary>Reads a note; a damaged one does not make its revision unusable.</summary>
    public static RevisionNote Read(string folder)
    {
        try
        {
            var bytes = OrdinaryFile.ReadAll(Path.Combine(folder, FileName));
            var note = JsonSerializer.Deserialize(bytes, RevisionJson.Default.RevisionNote);
            // A document without these keys is not a note.
            return note is { Command: not null, Templates: not null, Configuration: not null, Changes: not null }
                ? note
                : Unknown;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Unknown;
        }
    }
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(RevisionNote))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
internal sealed partial class RevisionJson : JsonSerializerContext;
