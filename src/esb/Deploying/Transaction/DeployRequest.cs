using Esb.Cli.Settings;
using Esb.Sam;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The options of a deploy.</summary>
internal sealed record DeployRequest
{
    /// <summary>The templates, as the user named them; a later one wins.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The bundle that is deployed; null for templates.</summary>
    public string? From { get; init; }

    /// <summary>How the templates are read; the parameters are separate.</summary>
    public SamOptions Reading { get; init; } = new();

    /// <summary>
    /// The name of the environment. It is part of paths, so it has only letters, digits, '.', '-' and '_'.
    /// </summary>
    public required string Environment { get; init; }

    public required PlatformMode Mode { get; init; }

    /// <summary>The folder for the generated files and the receipt.</summary>
    public required string OutputFolder { get; init; }

    public required TimeSpan LockTimeout { get; init; }

    /// <summary>How long to wait for the gateway; zero when the command does not wait.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    /// <summary>
    /// Whether the build is for a bundle: images stay on this machine and have no registry in their names.
    /// </summary>
    public bool ForBundle { get; init; }

    /// <summary>Whether to build again what is already staged.</summary>
    public bool BuildAgain { get; init; }

    /// <summary>Whether to build the base images of runtimes again.</summary>
    public bool RefreshBases { get; init; }

    /// <summary>Whether to start from the content of the files, even if more is served.</summary>
    public bool AllowLoss { get; init; }

    /// <summary>Whether to refuse a deploy that would take something over from another application.</summary>
    public bool NoTakeover { get; init; }

    /// <summary>Whether to remove entries of the deployed applications that their templates no longer name.</summary>
    public bool Prune { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether the request is a dry run that is made only for its errors, without an engine.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Whether a dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool ExitCodeShowsChanges { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>The command as shown to processes that wait for it.</summary>
    public string Purpose =>
        From is null ? $"esb deploy -t {string.Join(" -t ", Templates)}" : $"esb deploy --from {From}";

    /// <summary>A short name of the source.</summary>
    public string Title => From is not null ? Path.GetFileName(From)
        : Templates.Count == 1 ? Path.GetFileName(Templates[0])
        : string.Join(" + ", Templates);
}
