using Esb.Sam;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a deploy was asked to do.</summary>
internal sealed record DeployRequest
{
    /// <summary>Templates as the user named them, the later one stronger.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The bundle that brings all of it; null when templates are read.</summary>
    public string? From { get; init; }

    /// <summary>Beside the parameters, what the templates are read with.</summary>
    public SamOptions Reading { get; init; } = new();

    /// <summary>Name of the environment; part of paths, so letters, digits, '.', '-' and '_' only.</summary>
    public required string Environment { get; init; }

    /// <summary><c>process</c>, <c>docker</c> or <c>containerd</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Where the generated files and the receipt go.</summary>
    public required string OutputFolder { get; init; }

    public required TimeSpan LockTimeout { get; init; }

    /// <summary>Zero: do not wait for the gateway.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    /// <summary>What is built goes into a file: it stays on this machine, and images have no registry in their names.</summary>
    public bool ForBundle { get; init; }

    /// <summary>Make anew what lies ready.</summary>
    public bool BuildAgain { get; init; }

    /// <summary>Make the base images of runtimes anew.</summary>
    public bool RefreshBases { get; init; }

    /// <summary>Begin with what stands in the files, also where more is served.</summary>
    public bool AllowLoss { get; init; }

    /// <summary>Take nothing that is another application's.</summary>
    public bool NoTakeover { get; init; }

    /// <summary>Remove what the applications of the deploy had and no longer name.</summary>
    public bool Prune { get; init; }

    public bool DryRun { get; init; }

    /// <summary>A dry run for the sake of its errors: no engine is asked.</summary>
    public bool IsCheck { get; init; }

    /// <summary>A dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool ExitCodeShowsChanges { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>What others read while they wait for this deploy.</summary>
    public string Purpose => From is null ? $"esb deploy -t {string.Join(" -t ", Templates)}" : $"esb deploy --from {From}";

    /// <summary>What is deployed, in short.</summary>
    public string Title => From is not null ? Path.GetFileName(From) : Templates.Count == 1 ? Path.GetFileName(Templates[0]) : string.Join(" + ", Templates);
}
