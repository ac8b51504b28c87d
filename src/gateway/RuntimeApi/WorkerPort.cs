using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Limits of the port for workers. A worker may wait for its next event without a limit, and answer as slowly as its
/// function.
/// </summary>
internal static class WorkerPort
{
    /// <summary>
    /// How long the last answer of an ended worker is read. Another process may have inherited its connection.
    /// </summary>
    public static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(5);

    public static void Limit(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = InvocationLimits.StreamedResponseBytes * 2;
        options.Limits.MaxRequestBufferSize = 128 * 1024;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
    }
}
