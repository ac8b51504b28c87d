namespace Esb.Gateway.RuntimeApi;

/// <summary>Sizes of events and answers. Source: AWS, "Lambda quotas": 6 MB synchronous, 1 MB asynchronous.</summary>
internal static class InvocationLimits
{
    /// <summary>A synchronous event.</summary>
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>An asynchronous event.</summary>
    public const int AsyncRequestBytes = 1024 * 1024;

    /// <summary>An answer: 6 MB and, as the service allows, 100 bytes.</summary>
    public const int ResponseBytes = (6 * 1024 * 1024) + 100;
}
