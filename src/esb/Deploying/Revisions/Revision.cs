using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>The three files as they once were.</summary>
/// <param name="Number">Counts up, and is never given twice.</param>
/// <param name="Folder">Holds the files under their own names; one that was not there is not there.</param>
/// <param name="Note">How it came to be.</param>
internal sealed record Revision(int Number, string Folder, RevisionNote Note)
{
    /// <summary>The content of one of the three files; empty when it was not there.</summary>
    public byte[] Bytes(string name) => Bytes(Folder, name);

    /// <summary>It holds what a gateway serves.</summary>
    public bool HoldsServed => Bytes(ConfigurationFiles.Functions).Length + Bytes(ConfigurationFiles.Routing).Length > 0;

    /// <summary>Byte for byte, in all three files.</summary>
    public bool IsWhatStandsIn(string folder) => ConfigurationFiles.Names.All(n => Bytes(n).AsSpan().SequenceEqual(Bytes(folder, n)));

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
