using System.Runtime.InteropServices;

namespace Esb.Cli.Processes;

/// <summary>The first Ctrl-C (or SIGTERM) asks to stop; a second one is the system's own and kills.</summary>
internal static class StopSignals
{
    // Registrations end when they are collected; they must live as long as the process.
    private static readonly List<PosixSignalRegistration> Registrations = [];

    public static CancellationToken Listen()
    {
        var stopping = new CancellationTokenSource();
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !stopping.IsCancellationRequested;
                stopping.Cancel();
            }));
        }

        return stopping.Token;
    }
}
