using System.Runtime.InteropServices;

namespace Esb.Agent.Listening;

/// <summary>
/// SIGTERM and SIGINT as a cancellation token: the process ends when its workers have ended, not when the signal
/// arrives.
/// </summary>
internal static class StopSignals
{
    // A registration ends when it is collected, so they must live as long as the process.
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
