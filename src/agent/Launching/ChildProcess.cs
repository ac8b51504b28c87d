using System.IO.Pipes;
using Esb.Host.Processes;

namespace Esb.Agent.Launching;

/// <summary>A process that was started, the leader of its own session and process group.</summary>
internal sealed class ChildProcess(int id, AnonymousPipeClientStream output, AnonymousPipeClientStream error) : IDisposable
{
    private readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards _gone: a signal is never sent to a group whose id may already be somebody else's.
    private readonly Lock _gate = new();
    private bool _gone;

    public int Id => id;

    public Stream Output => output;

    public Stream Error => error;

    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>To the whole group; nothing happens when the process has ended.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (!_gone)
                Native.Kill(-id, signal);
        }
    }

    /// <summary>Takes what has ended off the list of processes, and its group with it. Called once, while the process can still be waited for.</summary>
    public void Bury(ExitStatus status)
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
