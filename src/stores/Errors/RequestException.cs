namespace Esb.Stores.Errors;

/// <summary>
/// An error of a request that no service has handled yet, by its name in AWS's framework. The service that the request
/// is for sends it in the form of its protocol.
/// </summary>
internal sealed class RequestException(
    string code, string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>The caller may not send this request.</summary>
    public static RequestException Denied(string message) =>
        new("AccessDeniedException", message, StatusCodes.Status403Forbidden);
}
