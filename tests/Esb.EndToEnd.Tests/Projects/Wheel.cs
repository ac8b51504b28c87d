using System.IO.Compression;
using System.Text;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>
/// A Python package that needs no index: a wheel (PEP 427) is a zip archive of its modules and three metadata files.
/// </summary>
internal static class Wheel
{
    /// <summary>Writes version 1.0 of a package with one module; returns the file's name.</summary>
    public static string Write(string folder, string name, string module)
    {
        var file = $"{name}-1.0-py3-none-any.whl";
        Directory.CreateDirectory(folder);
        using var wheel = new ZipArchive(File.Create(Path.Combine(folder, file)), ZipArchiveMode.Create);
        (string Path, string Text)[] files =
        [
            ($"{name}.py", module),
            ($"{name}-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"),
            (
                $"{name}-1.0.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ];
        foreach (var (path, text) in files)
            Add(wheel, path, text);
        Add(
            wheel,
            $"{name}-1.0.dist-info/RECORD",
            string.Concat(files.Select(f => $"{f.Path},,\n")) + $"{name}-1.0.dist-info/RECORD,,\n");
        return file;
    }

    private static void Add(ZipArchive wheel, string path, string text)
    {
        using var entry = wheel.CreateEntry(path).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
