namespace Esb.Provisioner.Settings;

/// <summary>What is done with what tables and buckets hold.</summary>
internal enum ContentsCommand
{
    /// <summary>A snapshot on standard output.</summary>
    Snapshot,

    /// <summary>The tables and buckets go, with all that they hold.</summary>
    Delete,

    /// <summary>Whether all of them are there.</summary>
    Find,

    /// <summary>A snapshot from standard input is looked at: whether it is whole, and whether what it is of is there.</summary>
    Check,

    /// <summary>A snapshot from standard input is put back.</summary>
    Restore,
}

/// <summary>Which tables and buckets.</summary>
internal sealed record ContentsRequest(ContentsCommand Command, IReadOnlyList<string> Tables, IReadOnlyList<string> Buckets);
