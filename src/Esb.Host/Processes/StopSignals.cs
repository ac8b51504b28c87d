using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>
/// SIGTERM and SIGINT as a token: the process ends when its work is done, not when the signal arrives.
/// </summary>
public static class StopSignals
{
    // A registration ends when it is garbage collected, so these live as long as the process.
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>For programs that run until they are stopped: each signal requests a stop.</summary>
    public static CancellationToken Listen() => Listen(secondEnds: false);

    /// <summary>
    /// For commands: the first signal requests a stop, and a second one ends the process in the default way.
    /// </summary>
    public static CancellationToken ListenOnce() => Listen(secondEnds: true);

    private static CancellationToken Listen(bool secondEnds)
    {
        var stopping = new CancellationTokenSource();
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !(secondEnds && stopping.IsCancellationRequested);
                stopping.Cancel();
            }));
        }

        return stopping.Token;
    }
}
