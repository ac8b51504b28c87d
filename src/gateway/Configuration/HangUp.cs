using System.Runtime.InteropServices;

namespace Esb.Gateway.Configuration;

/// <summary>SIGHUP, by which operators have asked daemons to read their configuration again for as long as there have been any.</summary>
internal static class HangUp
{
    /// <returns>To be kept for as long as the signal is to be heard; without it, it would end the process.</returns>
    public static PosixSignalRegistration Listen(Reloader reloader) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = reloader.ReloadAsync(CancellationToken.None);
    });
}
