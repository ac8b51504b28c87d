namespace Esb.Dynalite.Tests.Folders;

/// <summary>A folder that is removed after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("esb-dynalite").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the files of a folder into a new one in this folder.</summary>
    public string Copy(string folder)
    {
        var copy = In(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
