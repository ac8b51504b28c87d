using System.Net.Sockets;
using System.Runtime.InteropServices;
using Esb.Host.Processes;
using Esb.Host.Sockets;

namespace Esb.Agent.Listening;

/// <summary>
/// The agent's socket file. A lock that is released when its process ends makes sure that only one agent uses the path.
/// A leftover of an agent that died is removed.
/// </summary>
internal sealed class SocketFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private SocketFile(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <exception cref="IOException">The path is in use; the message names the variable to change.</exception>
    public static SocketFile Claim(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var held = Lock(path);
        try
        {
            if (File.Exists(path))
                RemoveDead(path);
            return new SocketFile(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Allows the owner to connect, and the members of a group when one is given.</summary>
    /// <exception cref="IOException">This user may not give a file to that group.</exception>
    public void Open(uint? group)
    {
        const uint unchanged = uint.MaxValue;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (group is { } id && Native.ChangeOwner(_path, unchanged, id) != 0)
            throw new IOException($"{_path} cannot be given to the group {id} of AGENT_SOCKET_GROUP: "
                + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}; this user must be a member of it");
        File.SetUnixFileMode(_path, group is null ? owner : owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
    }

    /// <summary>Whether an agent is listening there; for the health check of a container without a shell.</summary>
    public static async Task<bool> AnswersAsync(string path)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var socket = await UnixSocket.ConnectAsync(path, deadline.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
    }

    // FileShare.None is flock(2), which the kernel releases when its holder ends, however it ends. The file is kept:
    // removing a lock file would allow two holders.
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new IOException(InUse(path), e);
        }
    }

    private static void RemoveDead(string path)
    {
        try
        {
            using var probe = UnixSocket.Connect(path);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused
            && File.ResolveLinkTarget(path, false) is null
            && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException)
        {
            throw new IOException(
                $"{path} exists and is not a socket of an agent; remove it or set AGENT_ADDRESS to another path");
        }

        throw new IOException(InUse(path));
    }

    // connect(2) refuses a regular file with the same error as a socket without a listener, but only a socket cannot be
    // opened.
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string InUse(string path) =>
        $"{path} is served by another esb-agent; stop it or set AGENT_ADDRESS to another path";
}
