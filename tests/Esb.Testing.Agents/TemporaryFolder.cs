namespace Esb.Testing.Agents;

/// <summary>A folder of one test, removed at its end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("esb-agent-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes one file and returns the folder that it is in.</summary>
    public string Folder(string name, string file, string content, bool executable = false)
    {
        var folder = File(name);
        var path = System.IO.Path.Combine(folder, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        if (executable)
            System.IO.File.SetUnixFileMode(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
