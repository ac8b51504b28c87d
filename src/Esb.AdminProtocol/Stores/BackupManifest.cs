namespace Esb.AdminProtocol.Stores;

/// <summary>The first file of a backup's archive, <c>backup.json</c>: what the archive is, and what it holds.</summary>
/// <param name="Format">The format of the archive.</param>
/// <param name="EsbVersion">The version of ESB that wrote it.</param>
/// <param name="CreatedAt">The moment whose data it holds.</param>
/// <param name="Contents">How much it holds of each service; a service that it lacks is null.</param>
/// <param name="Files">The number of files after the manifest, without the checksum.</param>
/// <param name="Bytes">The size of these files in bytes.</param>
public sealed record BackupManifest(
    int Format, string EsbVersion, DateTimeOffset CreatedAt, StoreContents Contents, long Files, long Bytes)
{
    /// <summary>The format that this version writes, and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The name of the manifest in the archive.</summary>
    public const string Name = "backup.json";

    /// <summary>
    /// The name of the last file in the archive: the SHA-256, in hexadecimal, of every byte of the archive before it,
    /// and spaces up to <see cref="ChecksumLength"/>.
    /// </summary>
    public const string ChecksumName = "sha256";

    /// <summary>The size of that file in bytes: one block of tar, so that no byte follows that nobody reads.</summary>
    public const int ChecksumLength = 512;

    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;
}
