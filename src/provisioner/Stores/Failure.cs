using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;

namespace Esb.Provisioner.Stores;

/// <summary>Classifies exceptions of the AWS SDK and of the network.</summary>
internal static class Failure
{
    private static readonly HashSet<string> Denials =
    [
        "UnrecognizedClientException", "InvalidSignatureException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
        "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "InvalidToken",
        "InvalidClientTokenId", "MissingAuthenticationTokenException", "IncompleteSignatureException", "AuthFailure",
    ];

    private static readonly HashSet<string> Busy =
    [
        "ThrottlingException", "Throttling", "RequestLimitExceeded", "ProvisionedThroughputExceededException",
        "SlowDown", "TooManyRequestsException", "RequestTimeout", "InternalError",
        "InternalServerError", "InternalFailure", "ServiceUnavailable", "XMinioServerNotInitialized",
    ];

    private static readonly HashSet<string> Conflicts =
    [
        "ResourceInUseException", "LimitExceededException", "TableInUseException", "OperationAborted",
        "ConflictException",
    ];

    private static readonly HashSet<string> Unknown =
    [
        "UnknownOperationException", "UnknownOperation", "NotImplemented", "MethodNotAllowed", "XNotImplemented",
        "UnsupportedOperation",
    ];

    public static FailureKind KindOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket:
                    return KindOf(socket.SocketErrorCode);
                case AuthenticationException or HttpIOException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse
                        or HttpRequestError.VersionNegotiationError,
                }:
                    return FailureKind.Unreachable;
                case HttpIOException or IOException or TimeoutException:
                    return FailureKind.NotReady;
                case AmazonServiceException service when service.StatusCode != 0 || service.ErrorCode is not null:
                    return KindOf(service);
                default:
                    break;
            }
        }

        // The remaining exceptions of the SDK itself mean that no credentials were found.
        return exception is AmazonClientException ? FailureKind.Denied
            : exception is OperationCanceledException ? FailureKind.NotReady
            : FailureKind.Other;
    }

    /// <summary>The message of the exception that is the cause, not of those that wrap it.</summary>
    public static string TextOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException or AuthenticationException)
                return e.Message;
        }

        if (exception is AmazonServiceException { ErrorCode: null or "" } unnamed && unnamed.StatusCode != 0)
            return string.Create(
                CultureInfo.InvariantCulture, $"it answered {(int)unnamed.StatusCode} ({unnamed.StatusCode})");
        return exception is AmazonServiceException { ErrorCode.Length: > 0 } service
            && !service.Message.Contains(service.ErrorCode, StringComparison.Ordinal)
            ? $"{service.ErrorCode}: {service.Message}"
            : exception.Message;
    }

    private static FailureKind KindOf(AmazonServiceException exception) => (exception.ErrorCode ?? "") switch
    {
        var code when Unknown.Contains(code) => FailureKind.Unsupported,
        var code when Denials.Contains(code) => FailureKind.Denied,
        var code when Conflicts.Contains(code) => FailureKind.Conflict,
        var code when Busy.Contains(code) => FailureKind.NotReady,
        _ => exception.StatusCode switch
        {
            HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed => FailureKind.Unsupported,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => FailureKind.Denied,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => FailureKind.NotReady,
            _ => FailureKind.Other,
        },
    };

    // A name that cannot be resolved now will not be resolvable later. A connection that is refused may be a connection
    // to a store that is still starting.
    private static FailureKind KindOf(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.NetworkUnreachable or SocketError.HostUnreachable
            or SocketError.AccessDenied => FailureKind.Unreachable,
        _ => FailureKind.NotReady,
    };
}
