using Esb.AdminProtocol;
using Esb.Gateway.Configuration;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Gateway.Admin;

/// <summary>Reads the three files for <see cref="AdminPath.Configuration"/>.</summary>
internal static class ServedFilesReader
{
    /// <exception cref="IOException">resources.yml cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">resources.yml may not be read.</exception>
    public static ServedFiles Read(WrittenConfiguration written, string runtimeFolder) =>
        Withheld(null, runtimeFolder) with
        {
            Hash = written.Hash,
            Folder = written.Folder,
            Functions = written.FunctionsBytes,
            Routing = written.RoutingBytes,
            Resources = written.Folder.Length == 0 ? ReadOnlyMemory<byte>.Empty : Resources(written.Folder),
        };

    /// <summary>The answer without the files.</summary>
    /// <param name="message">Why they are withheld.</param>
    /// <param name="runtimeFolder">The preferred folder.</param>
    public static ServedFiles Withheld(string? message, string runtimeFolder) => new()
    {
        Message = message,
        RuntimeFolder = runtimeFolder,
        RuntimeIdentity = FolderIdentity.Of(runtimeFolder),
    };

    private static ReadOnlyMemory<byte> Resources(string folder)
    {
        try
        {
            return OrdinaryFile.ReadAll(Path.Combine(folder, ConfigurationFiles.Resources));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    }
}
