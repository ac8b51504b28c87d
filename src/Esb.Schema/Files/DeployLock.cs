using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>
/// The exclusive lock of a configuration folder: flock(2) on <c>.deploy.lock</c>. The kernel frees it when its holder dies, however
/// it dies; the file itself stays and says who holds or last held the lock.
/// </summary>
public sealed partial class DeployLock : IDisposable
{
    private const string FileName = ".deploy.lock";
    private const int WouldBlock = 11; // EWOULDBLOCK on Linux
    private const int ExclusiveNonBlocking = 2 | 4; // LOCK_EX | LOCK_NB

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private readonly SafeFileHandle _file;

    private DeployLock(SafeFileHandle file) => _file = file;

    /// <summary>
    /// Takes the lock, waiting for whoever has it.
    /// </summary>
    /// <param name="folder">The configuration folder, which must exist.</param>
    /// <param name="purpose">What others read while they wait, e.g. <c>esb deploy -t orders.yml</c>.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="onWait">Called after each unsuccessful try.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">Somebody else kept the lock; the message says who.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or its file system has no locks.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static async Task<DeployLock> AcquireAsync(
        string folder, string purpose, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        var file = OpenUnlocked(path);
        try
        {
            var waiting = Stopwatch.StartNew();
            while (!TryLock(file, path))
            {
                var wait = Holder(file, waiting.Elapsed);
                if (waiting.Elapsed >= timeout)
                    throw new TimeoutException($"{path} is held by pid {wait.ProcessId} ({wait.Purpose}), waited {waiting.Elapsed.TotalSeconds:0.0} s");
                onWait?.Invoke(wait);
                await Task.Delay(PollInterval, cancellationToken);
            }

            Sign(file, purpose);
            return new DeployLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _file.Dispose();

    // .NET's own way to open a file takes a shared lock of the same kind, so it would fail while somebody holds ours.
    private static SafeFileHandle OpenUnlocked(string path)
    {
        const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000; // O_RDWR | O_CREAT | O_CLOEXEC on Linux
        const int PermissionDenied = 13; // EACCES
        var descriptor = Open(path, ReadWriteCreateCloseOnExec, 0b110_100_100);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        var message = $"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}";
        throw error == PermissionDenied ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    private static bool TryLock(SafeFileHandle file, string path)
    {
        if (Flock(file, ExclusiveNonBlocking) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == WouldBlock
            ? false
            : throw new IOException($"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}; use a CONFIG_DIR on a file system with locks");
    }

    private static void Sign(SafeFileHandle file, string purpose)
    {
        var signature = Encoding.UTF8.GetBytes($"{Environment.ProcessId} {purpose}\n");
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, signature, 0);
    }

    private static LockWait Holder(SafeFileHandle file, TimeSpan waited)
    {
        Span<byte> signature = stackalloc byte[512];
        var read = RandomAccess.Read(file, signature, 0);
        var parts = Encoding.UTF8.GetString(signature[..read]).TrimEnd().Split(' ', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? new LockWait(pid, parts.ElementAtOrDefault(1) ?? "", waited)
            : new LockWait(0, "unknown", waited);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
