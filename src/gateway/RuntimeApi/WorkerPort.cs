using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Gateway.RuntimeApi;

/// <summary>A worker may wait for its next event for as long as it likes, and its answer may come as slowly as the function is.</summary>
internal static class WorkerPort
{
    /// <summary>
    /// For how long what a worker sent before it ended is read. Another process may have been left with its connection.
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
