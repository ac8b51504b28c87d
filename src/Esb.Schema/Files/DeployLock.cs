using System.Diagnostics;
using Esb.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>
/// The exclusive lock of a configuration folder: flock(2) on <c>.deploy.lock</c>. The kernel releases it when its
/// holder ends in any way; the file itself remains and names the current or last holder.
/// </summary>
public sealed class DeployLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private readonly SafeFileHandle _file;
    private readonly string _path;

    private DeployLock(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>Acquires the lock, and waits while another process holds it.</summary>
    /// <param name="folder">The configuration folder, which must exist.</param>
    /// <param name="purpose">What waiting processes show, such as <c>esb deploy -t orders.yml</c>.</param>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <param name="onWait">Called after each unsuccessful attempt.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">
    /// Another process kept the lock; the message names the process and how long it has had the lock.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be written to, or its file system has no locks.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write to the folder.</exception>
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

    /// <summary>
    /// Makes sure that the lock still protects the folder: a lock in a folder that was removed or replaced protects
    /// nothing.
    /// </summary>
    /// <exception cref="IOException">The folder was removed or replaced.</exception>
    public void Verify()
    {
        if (!IsAt(_file, _path))
            throw new IOException($"'{Path.GetDirectoryName(_path)}' was removed or replaced while it was locked");
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <returns>False when the file is no longer the lock, because it was removed or replaced.</returns>
    private static async Task<bool> WaitAsync(
        SafeFileHandle file,
        string path,
        Stopwatch waiting,
        TimeSpan timeout,
        Action<LockWait>? onWait,
        CancellationToken cancellationToken)
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
