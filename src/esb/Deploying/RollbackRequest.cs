namespace Esb.Cli.Deploying;

/// <summary>What a rollback was asked to do.</summary>
internal sealed record RollbackRequest : StateRequest
{
    /// <summary>Null: the state before the one in the files.</summary>
    public int? Revision { get; init; }

    /// <summary>Nothing of other environments may be undone; null: whatever it undoes.</summary>
    public string? Environment { get; init; }

    public override string Purpose => Revision is { } number ? $"esb rollback {number}" : "esb rollback";
}
