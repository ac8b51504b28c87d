namespace Esb.Cli.Deploying;

/// <summary>The options of a rollback.</summary>
internal sealed record RollbackRequest : StateRequest
{
    /// <summary>The revision to go back to; null for the state before the current files.</summary>
    public int? Revision { get; init; }

    /// <summary>The only environment whose deploys may be undone; null for any.</summary>
    public string? Environment { get; init; }

    public override string Purpose => Revision is { } number ? $"esb rollback {number}" : "esb rollback";
}
