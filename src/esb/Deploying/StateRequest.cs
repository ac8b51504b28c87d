namespace Esb.Cli.Deploying;

/// <summary>What every command is asked that brings the three files into another state and reads no template.</summary>
internal abstract record StateRequest
{
    public required TimeSpan LockTimeout { get; init; }

    /// <summary>Zero: do not wait for the gateway.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    public bool DryRun { get; init; }

    /// <summary>A dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool ExitCodeShowsChanges { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>What others read while they wait, and what the history shows.</summary>
    public abstract string Purpose { get; }
}
