namespace Esb.AdminProtocol.Stores;

/// <summary>
/// The administration socket of <c>esb-stores</c>: HTTP on a Unix socket beside its data, which only its owner may
/// open.
/// </summary>
public static class StoresAdmin
{
    /// <summary><c>GET</c>: <see cref="StoreContents"/>.</summary>
    public const string Contents = "/contents";

    /// <summary>
    /// <c>POST</c>: the archive of a backup. 409: another backup or a restore is under way; 500: it cannot be made.
    /// Errors are <see cref="StoresProblem"/>.
    /// </summary>
    public const string Backup = "/backup";

    /// <summary>
    /// <c>POST</c> with an archive: replaces all data, then answers with its <see cref="BackupManifest"/>. 400: it is
    /// not a whole backup; 409 and 500 as for <see cref="Backup"/>. After an error, the data is what it was.
    /// </summary>
    public const string Restore = "/restore";

    /// <summary>The word for which <c>esb-stores</c> writes a backup to its standard output, and ends.</summary>
    public const string BackupWord = "backup";

    /// <summary>The word for which <c>esb-stores</c> restores a backup from its standard input, and ends.</summary>
    public const string RestoreWord = "restore";

    /// <summary>The word for which <c>esb-stores</c> prints its <see cref="StoreContents"/>, and ends.</summary>
    public const string ContentsWord = "contents";

    /// <summary>The path of the socket.</summary>
    /// <param name="dataFolder">The folder for all data of the stores.</param>
    public static string SocketOf(string dataFolder) => Path.Combine(dataFolder, "stores.sock");
}
