using System.Text.Json.Serialization;
using Esb.Gateway.Configuration;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Gateway.Admin;

/// <summary>
/// The three files as they are served, byte for byte, for who goes on from them when they are gone: environments of functions are among it, so it is told to
/// the gateway's own user and to root alone.
/// </summary>
/// <param name="Hash">Of functions.yml and routing.yml.</param>
/// <param name="Folder">The folder that they were read from; empty when nothing is served.</param>
/// <param name="RuntimeFolder">The preferred folder, as this process sees it.</param>
/// <param name="RuntimeIdentity">The same for who sees it under another path; null when it is not there.</param>
/// <param name="Functions">functions.yml.</param>
/// <param name="Routing">routing.yml.</param>
/// <param name="Resources">resources.yml, which is not served but stands beside them now; empty when it is not there.</param>
internal sealed record ServedConfiguration(
    string Hash, string Folder, string RuntimeFolder, string? RuntimeIdentity, ReadOnlyMemory<byte> Functions, ReadOnlyMemory<byte> Routing, ReadOnlyMemory<byte> Resources)
{
    /// <exception cref="IOException">resources.yml cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ServedConfiguration Of(WrittenConfiguration written, string runtimeFolder) => new(
        written.Hash,
        written.Folder,
        runtimeFolder,
        FolderIdentity.Of(runtimeFolder),
        written.FunctionsBytes,
        written.RoutingBytes,
        written.Folder.Length == 0 ? default : Bytes(Path.Combine(written.Folder, ConfigurationFiles.Resources)));

    private static ReadOnlyMemory<byte> Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    }
}

/// <summary>Why the files are not handed out, and whose they are.</summary>
internal sealed record WithheldConfiguration(string Message, string RuntimeFolder, string? RuntimeIdentity);

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(ServedConfiguration))]
[JsonSerializable(typeof(WithheldConfiguration))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ServedJson : JsonSerializerContext;
