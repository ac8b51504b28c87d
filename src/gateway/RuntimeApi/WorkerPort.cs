using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// The limits of the port for workers. A worker may wait for its next event for any time, and may answer as slowly as
/// its function does.
/// </summary>
internal static class WorkerPort
{
    /// <summary>
    /// How long the gateway reads the last answer of an ended worker. The time is limited since another process may
    /// have inherited the connection.
    /// </summary>
    public static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(5);

    /// <summary>The number of unread bytes of a connection.</summary>
    public const int UnreadBytes = 128 * 1024;

    public static void Limit(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = InvocationLimits.StreamedResponseBytes * 2;
        options.Limits.MaxRequestHeadersTotalSize = InvocationLimits.FieldBytes;
        // Kestrel requires this size although the fields of a request do not stay in the buffer.
        options.Limits.MaxRequestBufferSize = InvocationLimits.FieldBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
    }
}
