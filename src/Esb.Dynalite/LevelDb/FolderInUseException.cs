namespace Esb.Dynalite.LevelDb;

/// <summary>Another process has opened a LevelDB folder.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderInUseException(string folder) : Exception($"{folder}: another process uses this database")
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;
}
