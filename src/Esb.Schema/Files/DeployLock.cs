using System.Diagnostics;
using Esb.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>
/// The exclusive lock of a configuration folder: flock(2) on <c>.deploy.lock</c>. The kernel frees it when its holder dies, however
/// it dies; the file itself stays and says who holds or last held the lock.
/// </summary>
public sealed class DeployLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private readonly SafeFileHandle _file;
    private readonly string _path;

    private DeployLock(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>
    /// Takes the lock, waiting for whoever has it.
    /// </summary>
    /// <param name="folder">The configuration folder, which must exist.</param>
    /// <param name="purpose">What others read while they wait, e.g. <c>esb deploy -t orders.yml</c>.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="onWait">Called after each unsuccessful try.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">Somebody else kept the lock; the message says who, and for how long.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or its file system has no locks.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static async Task<DeployLock> AcquireAsync(
        string folder, string purpose, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ConfigurationFiles.Lock);
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Flock.OpenUnlocked(path);
            try
            {
                if (await WaitAsync(file, path, waiting, timeout, onWait, cancellationToken))
                {
                    LockSignature.Write(file, purpose);
                    return new DeployLock(file, path);
                }
            }
            catch
            {
                file.Dispose();
                throw;
            }

            file.Dispose();
        }
    }

    /// <summary>Makes sure that the lock still guards the folder: a lock in a folder that was removed or replaced guards nothing.</summary>
    /// <exception cref="IOException">It does not.</exception>
    public void Verify()
    {
        if (!IsAt(_file, _path))
            throw new IOException($"'{Path.GetDirectoryName(_path)}' was removed or replaced while it was locked");
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <returns>False when the file that was waited for is not the lock any more: somebody removed or replaced it.</returns>
    private static async Task<bool> WaitAsync(
        SafeFileHandle file, string path, Stopwatch waiting, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        while (!Flock.TryLock(file, path))
        {
            var wait = new LockWait(LockSignature.Read(file), waiting.Elapsed);
            if (waiting.Elapsed >= timeout)
                throw new TimeoutException($"{path} {Held(wait)}");
            onWait?.Invoke(wait);
            await Task.Delay(PollInterval, cancellationToken);
            if (!IsAt(file, path))
                return false;
        }

        return IsAt(file, path);
    }

    private static string Held(LockWait wait)
    {
        var waited = $"waited {wait.Waited.TotalSeconds:0.0} s";
        if (wait.Holder is not { } holder)
            return $"is held by {wait.Who}, {waited}";
        var age = Math.Max((DateTimeOffset.UtcNow - holder.Since).TotalSeconds, 0);
        return $"has been held by {holder} for {age:0.0} s, {waited}";
    }

    private static bool IsAt(SafeFileHandle file, string path) =>
        Statx.Of(file) is { } mine && Statx.Of(path) is { } there && mine.IsSameFile(there);
}
