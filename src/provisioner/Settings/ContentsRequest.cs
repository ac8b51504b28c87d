namespace Esb.Provisioner.Settings;

/// <summary>What to do with the content of tables and buckets.</summary>
internal enum ContentsCommand
{
    /// <summary>Write a snapshot to standard output.</summary>
    Snapshot,

    /// <summary>
    /// Read a snapshot from standard input, and delete the tables and buckets with the content that it contains.
    /// </summary>
    Delete,

    /// <summary>Check that all tables and buckets exist.</summary>
    Find,

    /// <summary>
    /// Check a snapshot from standard input: whether it is complete, and whether its tables and buckets exist.
    /// </summary>
    Check,

    /// <summary>Restore a snapshot from standard input.</summary>
    Restore,
}

/// <summary>A command and the tables and buckets to which it applies.</summary>
internal sealed record ContentsRequest(
    ContentsCommand Command,
    IReadOnlyList<string> Tables,
    IReadOnlyList<string> Buckets);
