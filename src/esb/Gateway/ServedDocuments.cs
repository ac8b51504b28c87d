using Esb.AdminProtocol;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Gateway;

/// <summary>The three files that a gateway serves, or would serve if it started; a missing one is empty.</summary>
/// <param name="IsOfTheFolder">Whether they are from the folder that deploys write, and not baked in.</param>
/// <param name="Functions">functions.yml.</param>
/// <param name="Routing">routing.yml.</param>
/// <param name="Resources">resources.yml.</param>
internal sealed record ServedDocuments(bool IsOfTheFolder, byte[] Functions, byte[] Routing, byte[] Resources)
{
    /// <summary>The content of one of the three files.</summary>
    public byte[] Of(string name) => name switch
    {
        ConfigurationFiles.Functions => Functions,
        ConfigurationFiles.Routing => Routing,
        _ => Resources,
    };

    /// <returns>Null when the files are withheld.</returns>
    public static ServedDocuments? Of(ServedFiles files)
    {
        if (files is not { Functions: { } functions, Routing: { } routing })
            return null;
        var resources = files.Resources?.ToArray() ?? [];
        var isOfTheFolder = files.Folder == files.RuntimeFolder;
        return new ServedDocuments(isOfTheFolder, functions.ToArray(), routing.ToArray(), resources);
    }

    /// <summary>The files of a folder, for a platform whose gateway does not run.</summary>
    /// <returns>Null when there is nothing to serve.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    public static ServedDocuments? Baked(string folder)
    {
        var found = new ServedDocuments(
            IsOfTheFolder: false,
            Bytes(ConfigurationFiles.Functions),
            Bytes(ConfigurationFiles.Routing),
            Bytes(ConfigurationFiles.Resources));
        return found.Functions.Length + found.Routing.Length > 0 ? found : null;
        byte[] Bytes(string name)
        {
            var path = Path.Combine(folder, name);
            return ExistenceCheck.IsFile(path) ? OrdinaryFile.ReadAll(path) : [];
        }
    }
}
