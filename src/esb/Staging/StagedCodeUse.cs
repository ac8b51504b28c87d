using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// The lock of code and images that lie ready. A deploy takes them long before its files name them: it shares the lock
/// from its build to its end, and who removes code has it alone. The kernel frees it however its holder ends.
/// </summary>
internal static class StagedCodeUse
{
    private const int WouldBlock = 11; // EWOULDBLOCK on Linux

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WorthAWord = TimeSpan.FromSeconds(1);

    /// <summary>For who takes code.</summary>
    /// <exception cref="CommandFailure">Somebody else kept the lock for longer than <paramref
    /// name="timeout"/>.</exception>
    public static Task<IDisposable> ShareAsync(
        StateFolder state,
        Screen screen,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        state.Create();
        return AcquireAsync(state, FileAccess.Read, FileShare.Read, "an esb prune", screen, timeout, cancellationToken);
    }

    /// <summary>For who removes code.</summary>
    /// <exception cref="CommandFailure">Somebody else kept the lock for longer than <paramref
    /// name="timeout"/>.</exception>
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

    // .NET's shares are flock(2): Read for reading is LOCK_SH, None is LOCK_EX.
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
                        $"nothing was changed: waited {Spans.Waited(waited)} for {others}",
                        "wait, or give --lock-timeout 30m");
                if (!told && waited >= WorthAWord)
                    screen.Note($"waiting for {others}; at most {Spans.Waited(timeout)}, see --lock-timeout");
                told |= waited >= WorthAWord;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }
}
