using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// The lock of staged code and images. A deploy uses them long before its files name them, so it holds a shared lock
/// from its build to its end. A command that removes code holds the lock exclusively. The kernel releases the lock
/// however its holder ends.
/// </summary>
internal static class StagedCodeUse
{
    private const int WouldBlock = 11; // EWOULDBLOCK on Linux

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WorthAWord = TimeSpan.FromSeconds(1);

    /// <summary>Takes the shared lock, for commands that use code.</summary>
    /// <exception cref="CommandFailure">
    /// Another command held the lock for longer than <paramref name="timeout"/>.
    /// </exception>
    public static Task<IDisposable> ShareAsync(
        StateFolder state,
        Screen screen,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        state.Create();
        return AcquireAsync(state, FileAccess.Read, FileShare.Read, "an esb prune", screen, timeout, cancellationToken);
    }

    /// <summary>Takes the exclusive lock, for commands that remove code.</summary>
    /// <exception cref="CommandFailure">
    /// Another command held the lock for longer than <paramref name="timeout"/>.
    /// </exception>
    public static Task<IDisposable> AloneAsync(
        StateFolder state,
        Screen screen,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(state.Root);
        return AcquireAsync(
            state,
            FileAccess.ReadWrite,
            FileShare.None,
            "deploys and builds that are under way",
            screen,
            timeout,
            cancellationToken);
    }

    // .NET implements FileShare by flock(2): opening for reading with Read is LOCK_SH, None is LOCK_EX.
    private static async Task<IDisposable> AcquireAsync(
        StateFolder state,
        FileAccess access,
        FileShare share,
        string others,
        Screen screen,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        if (OrdinaryFile.Instead(state.CodeLock) is { } other)
        {
            throw CommandFailure.Environment(
                $"nothing was changed: {state.CodeLock} is {other}, not a file", "remove it");
        }

        var started = TimeProvider.System.GetTimestamp();
        var told = false;
        while (true)
        {
            try
            {
                return new FileStream(state.CodeLock, FileMode.OpenOrCreate, access, share);
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                var waited = TimeProvider.System.GetElapsedTime(started);
                if (waited >= timeout)
                    throw CommandFailure.Environment(
                        $"nothing was changed: waited {DurationText.Waited(waited)} for {others}",
                        "wait, or give --lock-timeout 30m");
                if (!told && waited >= WorthAWord)
                    screen.Note($"waiting for {others}; at most {DurationText.Waited(timeout)}, see --lock-timeout");
                told |= waited >= WorthAWord;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }
}
