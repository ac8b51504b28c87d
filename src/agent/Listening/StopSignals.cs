using System.Runtime.InteropServices;

namespace Esb.Agent.Listening;

/// <summary>SIGTERM and SIGINT as a token: the process ends when its workers have, not when the signal comes.</summary>
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
                context.Cancel = true;
                stopping.Cancel();
            }));
        }

        return stopping.Token;
    }
}
