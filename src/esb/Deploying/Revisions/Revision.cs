using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>An earlier state of the three files.</summary>
/// <param name="Number">Counts up and is never used twice.</param>
/// <param name="Folder">The folder with the files under their own names; a file that did not exist has no copy.</param>
/// <param name="Note">The note about its origin.</param>
internal sealed record Revision(int Number, string Folder, RevisionNote Note)
{
    /// <summary>The content of one of the three files; empty when it was absent.</summary>
    public byte[] Bytes(string name) => Bytes(Folder, name);

    /// <summary>The hash that a gateway reports when it serves the revision.</summary>
    public string Hash =>
        ConfigurationHash.Of(Bytes(ConfigurationFiles.Functions), Bytes(ConfigurationFiles.Routing));

    /// <summary>Whether the revision has anything that a gateway can serve.</summary>
    public bool HoldsServed =>
        Bytes(ConfigurationFiles.Functions).Length + Bytes(ConfigurationFiles.Routing).Length > 0;

    /// <summary>
    /// Whether a file has been changed since the revision was made. A file counts as unchanged when an older or damaged
    /// note says nothing about it.
    /// </summary>
    public bool IsChanged =>
        (Note.Configuration.Length > 0 && Note.Configuration != Hash)
        || (Note.Resources is { } resources && resources != HashOf(Bytes(ConfigurationFiles.Resources)));

    /// <summary>The hash of resources.yml, as a note records it.</summary>
    public static string HashOf(ReadOnlySpan<byte> resources) => ConfigurationHash.Of(resources, []);

    /// <summary>Whether all three files of a folder are equal to it, byte for byte.</summary>
    public bool IsEqualTo(string folder) =>
        ConfigurationFiles.Names.All(n => Bytes(n).AsSpan().SequenceEqual(Bytes(folder, n)));

    private static byte[] Bytes(string folder, string name)
    {
        try
        {
            return OrdinaryFile.ReadAll(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
