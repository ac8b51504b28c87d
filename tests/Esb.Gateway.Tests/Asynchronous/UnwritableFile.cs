using System.Runtime.InteropServices;

namespace Esb.Gateway.Tests.Asynchronous;

/// <summary>Makes an open file of this process unwritable, as on a full disk, until it is disposed.</summary>
internal sealed partial class UnwritableFile : IDisposable
{
    private readonly string _path;
    private readonly int _descriptor;
    private readonly int _writable;

    /// <param name="path">The path of the file, which this process has open.</param>
    public UnwritableFile(string path)
    {
        _path = path;
        var open = Directory.GetFiles("/proc/self/fd").Single(descriptor => Target(descriptor) == path);
        _descriptor = int.Parse(Path.GetFileName(open), System.Globalization.CultureInfo.InvariantCulture);
        _writable = Copy(_descriptor);
        using var readable = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (_writable < 0 || Replace((int)readable.DangerousGetHandle(), _descriptor) < 0)
            throw new IOException($"{path} cannot be made unwritable");
    }

    public void Dispose()
    {
        // If it was closed meanwhile, its descriptor may belong to another file.
        if (Target($"/proc/self/fd/{_descriptor}") == _path)
            _ = Replace(_writable, _descriptor);
        _ = Close(_writable);
    }

    private static string? Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Copy(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
