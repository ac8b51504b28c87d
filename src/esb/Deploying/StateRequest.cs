namespace Esb.Cli.Deploying;

/// <summary>The options of a command that changes the three files without a template.</summary>
internal abstract record StateRequest
{
    public required TimeSpan LockTimeout { get; init; }

    /// <summary>How long to wait for the gateway; zero when the command does not wait.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether a dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool ExitCodeShowsChanges { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>The command as shown to waiting processes and in the history.</summary>
    public abstract string Purpose { get; }
}
