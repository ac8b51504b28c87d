namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Size limits of events and answers. Source: AWS, "Lambda quotas": 6 MB synchronous, 1 MB asynchronous, 20 MB
/// streamed.
/// </summary>
internal static class InvocationLimits
{
    /// <summary>A synchronous event.</summary>
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>An asynchronous event.</summary>
    public const int AsyncRequestBytes = 1024 * 1024;

    /// <summary>An answer: 6 MB and 100 bytes, as the service allows.</summary>
    public const int ResponseBytes = (6 * 1024 * 1024) + 100;

    /// <summary>The error of a failed initialisation: a message and a stack trace.</summary>
    public const int InitErrorBytes = 1024 * 1024;

    /// <summary>A streamed answer.</summary>
    public const int StreamedResponseBytes = 20 * 1024 * 1024;
}
