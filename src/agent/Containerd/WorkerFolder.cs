using System.IO.Pipes;
using System.Net;
using System.Runtime.InteropServices;
using Esb.Host.Processes;
using Microsoft.Win32.SafeHandles;

namespace Esb.Agent.Containerd;

/// <summary>
/// The folder of one worker, which agent and containerd see at the same path: the pipes that receive the worker's
/// output, and the files that are mounted into the worker.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _path;
    private readonly List<SafeHandle> _writers = [];

    private WorkerFolder(string path)
    {
        _path = path;
        Output = Pipe(OutputPath);
        Error = Pipe(ErrorPath);
    }

    public string OutputPath => Path.Combine(_path, "stdout");

    public string ErrorPath => Path.Combine(_path, "stderr");

    public string ResolverFile => Path.Combine(_path, "resolv.conf");

    public string HostsFile => Path.Combine(_path, "hosts");

    public Stream Output { get; }

    public Stream Error { get; }

    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static WorkerFolder Make(string path, string name, IPAddress resolver, IPAddress address)
    {
        Directory.CreateDirectory(path);
        var folder = new WorkerFolder(path);
        Write(folder.ResolverFile, $"nameserver {resolver}\noptions timeout:2 attempts:3\n");
        Write(folder.HostsFile, $"127.0.0.1\tlocalhost\n{address}\t{name}\n");
        return folder;
    }

    /// <summary>
    /// Called when containerd has opened the pipes. From then on, the end of the pipes is the end of the output.
    /// </summary>
    public void LeaveToContainerd()
    {
        _writers.ForEach(writer => writer.Dispose());
        _writers.Clear();
    }

    public void Dispose()
    {
        LeaveToContainerd();
        Output.Dispose();
        Error.Dispose();
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (IOException)
        {
            // The next start of the agent removes the folder.
        }
    }

    // While the agent also holds a write end, reading waits until containerd writes. Otherwise the reader would see the
    // end of the pipe immediately.
    private AnonymousPipeClientStream Pipe(string path)
    {
        const uint mode = 0b110_000_000;
        if (Native.MakePipe(path, mode) != 0)
            throw new IOException(
                $"{path} cannot be created: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        var reader = Open(path, Native.ReadOnly);
        _writers.Add(Open(path, Native.WriteOnly));
        return new AnonymousPipeClientStream(PipeDirection.In, reader);
    }

    private static SafePipeHandle Open(string path, int access)
    {
        var descriptor = Native.Open(path, access | Native.NonBlocking | Native.CloseOnExec);
        return descriptor >= 0
            ? new SafePipeHandle(descriptor, ownsHandle: true)
            : throw new IOException(
                $"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    private static void Write(string file, string text)
    {
        File.WriteAllText(file, text);
        // The agent's umask excludes other users, but the worker may run as one of them.
        File.SetUnixFileMode(file, Readable);
    }
}
