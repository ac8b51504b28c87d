using System.Security.Cryptography;

namespace Esb.Agent.Runtimes;

/// <summary>
/// ESB's runtime bootstraps, which are embedded in the agent's binary, as files in a folder that is named by their
/// content.
/// </summary>
internal sealed class BootstrapFiles
{
    private const string Prefix = "bootstrap:";

    private BootstrapFiles(string folder) => Folder = folder;

    public string Folder { get; }

    public string Python => Path.Combine(Folder, "python");

    public string Node => Path.Combine(Folder, "nodejs");

    /// <summary>
    /// Writes the files if they are absent. Each file appears complete or not at all, so that several agents can do
    /// this at once.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static BootstrapFiles Install(string stateFolder)
    {
        var files = Read();
        var parent = Path.Combine(stateFolder, "runtimes");
        var folder = Path.Combine(parent, Hash(files));
        if (Directory.Exists(folder))
            return new BootstrapFiles(folder);
        Directory.CreateDirectory(parent);
        var made = Directory.CreateDirectory(Path.Combine(parent, $".{Guid.NewGuid():N}")).FullName;
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(made, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        try
        {
            Directory.Move(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(made, recursive: true);
        }

        return new BootstrapFiles(folder);
    }

    private static SortedDictionary<string, byte[]> Read()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var assembly = typeof(BootstrapFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using var resource = assembly.GetManifestResourceStream(name)!;
            resource.CopyTo(content);
            files.Add(name[Prefix.Length..], content.ToArray());
        }

        return files;
    }

    private static string Hash(SortedDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
