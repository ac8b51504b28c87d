using System.IO.Pipes;
using Esb.Host.Processes;

namespace Esb.Agent.Launching;

/// <summary>A child process, the leader of its own session and process group.</summary>
internal sealed class ChildProcess(int id, AnonymousPipeClientStream output, AnonymousPipeClientStream error)
    : IDisposable
{
    private readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards _gone: a signal is never sent to a process group id that may have been reused.
    private readonly Lock _gate = new();
    private bool _gone;

    public int Id => id;

    public Stream Output => output;

    public Stream Error => error;

    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>Sends a signal to the whole group; does nothing when the process has ended.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (!_gone)
                Native.Kill(-id, signal);
        }
    }

    /// <summary>
    /// Reaps the process with waitid(2) and kills the rest of its group. Must be called once, while the process is a
    /// zombie.
    /// </summary>
    public void Reap(ExitStatus status)
    {
        lock (_gate)
        {
            Native.Kill(-id, Native.SigKill);
            _gone = true;
            var information = default(Native.ChildInformation);
            Native.WaitId(Native.OneProcess, id, ref information, Native.Exited);
        }

        _exited.SetResult(status);
    }

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }
}
