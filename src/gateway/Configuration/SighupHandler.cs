using System.Runtime.InteropServices;

namespace Esb.Gateway.Configuration;

/// <summary>Reloads the configuration on SIGHUP.</summary>
internal static class SighupHandler
{
    /// <returns>The registration. After its disposal, SIGHUP ends the process.</returns>
    public static PosixSignalRegistration Listen(Reloader reloader) =>
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _ = reloader.ReloadAsync(CancellationToken.None);
        });
}
