using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Templates;

/// <summary>The files of one deploy alone, not merged with anything: to review, to keep, to compare. A file with the same content is not written.</summary>
internal static class GeneratedFolder
{
    // Environments of functions may hold secrets.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Write(string folder, IncomingConfiguration incoming)
    {
        Write(folder, ConfigurationFiles.Functions, ConfigurationDocument.Write(incoming.Functions, []));
        Write(folder, ConfigurationFiles.Routing, ConfigurationDocument.Write(incoming.Routing, []));
        Write(folder, ConfigurationFiles.Resources, ConfigurationDocument.Write(incoming.Resources, []));
    }

    public static void Write(string folder, string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            AtomicFile.Write(path, content);
    }
}
