namespace Esb.Cli.Deploying;

/// <summary>What a rollback was asked to do.</summary>
internal sealed record RollbackRequest
{
    /// <summary>Null: the state before the one in the files.</summary>
    public int? Revision { get; init; }

    /// <summary>Nothing of other environments may be undone; null: whatever it undoes.</summary>
    public string? Environment { get; init; }

    public required TimeSpan LockTimeout { get; init; }

    /// <summary>Zero: do not wait for the gateway.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    public bool DryRun { get; init; }

    /// <summary>A dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool TellByExitCode { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>What others read while they wait, and what the history shows.</summary>
    public string Purpose => Revision is { } number ? $"esb rollback {number}" : "esb rollback";
}
