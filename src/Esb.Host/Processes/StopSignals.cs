using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>SIGTERM and SIGINT as a token: the process ends when its work has ended, not when the signal comes.</summary>
public static class StopSignals
{
    // Registrations end when they are collected; they must live as long as the process.
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>For what runs until it is stopped: each signal asks to stop.</summary>
    public static CancellationToken Listen() => Listen(secondEnds: false);

    /// <summary>For a command: the first signal asks to stop, a second one ends the process as it always does.</summary>
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
