using Esb.AdminProtocol.Stores;

namespace Esb.Cli.Documents;

/// <summary>What <c>esb backup --json</c> wrote.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Format">The format of the archive.</param>
/// <param name="EsbVersion">The version of ESB that wrote it.</param>
/// <param name="CreatedAt">The moment whose data it holds.</param>
/// <param name="Contents">How much it holds.</param>
internal sealed record BackupOutput(
    string Path,
    long Bytes,
    int Format,
    string EsbVersion,
    DateTimeOffset CreatedAt,
    ContentsOutput Contents)
{
    public static BackupOutput Of(string path, long bytes, BackupManifest manifest) => new(
        path,
        bytes,
        manifest.Format,
        manifest.EsbVersion,
        manifest.CreatedAt,
        ContentsOutput.Of(manifest.Contents));
}

/// <summary>What <c>esb restore --json</c> restored.</summary>
/// <param name="Path">The file.</param>
/// <param name="EsbVersion">The version of ESB that wrote it.</param>
/// <param name="CreatedAt">The moment whose data it holds.</param>
/// <param name="Contents">How much the stores hold now.</param>
/// <param name="Replaced">How much they held before.</param>
internal sealed record RestoreOutput(
    string Path,
    string EsbVersion,
    DateTimeOffset CreatedAt,
    ContentsOutput Contents,
    ContentsOutput Replaced)
{
    public static RestoreOutput Of(string path, BackupManifest manifest, StoreContents replaced) => new(
        path,
        manifest.EsbVersion,
        manifest.CreatedAt,
        ContentsOutput.Of(manifest.Contents),
        ContentsOutput.Of(replaced));
}

/// <summary>How much stores hold.</summary>
/// <param name="Tables">The number of tables.</param>
/// <param name="Items">The number of items in all tables.</param>
/// <param name="Buckets">The number of buckets.</param>
/// <param name="Objects">The number of objects, with all versions and delete markers.</param>
internal sealed record ContentsOutput(long Tables, long Items, long Buckets, long Objects)
{
    public static ContentsOutput Of(StoreContents contents) => new(
        contents.Tables?.Tables ?? 0,
        contents.Tables?.Items ?? 0,
        contents.Objects?.Buckets ?? 0,
        contents.Objects?.Objects ?? 0);
}
