namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Size limits of events and answers. Source: AWS, "Lambda quotas": 6 MB synchronous, 1 MB asynchronous, 20 MB
/// streamed.
/// </summary>
internal static class InvocationLimits
{
    /// <summary>The limit of a synchronous event.</summary>
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>The limit of an asynchronous event.</summary>
    public const int AsyncRequestBytes = 1024 * 1024;

    /// <summary>The limit of an answer: 6 MB and 100 bytes, as in the service.</summary>
    public const int ResponseBytes = (6 * 1024 * 1024) + 100;

    /// <summary>The limit of the error of a failed initialisation, which is a message and a stack trace.</summary>
    public const int InitErrorBytes = 1024 * 1024;

    /// <summary>
    /// The limit of the head of a runtime's request, and of its trailers. AWS's runtimes send a description of an error
    /// in a header when it has less than 1 MB, and any error of a streamed answer in a trailer, in base64.
    /// </summary>
    public const int FieldBytes = 3 * 1024 * 1024 / 2;

    /// <summary>The limit of a streamed answer.</summary>
    public const int StreamedResponseBytes = 20 * 1024 * 1024;
}
