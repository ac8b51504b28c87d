using System.Net;
using Esb.Gateway.Listening;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Decides who may use the Lambda API. Callers on this machine and workers need no signature; other callers must sign
/// with the platform's key pair. A signature with that key pair is checked for every caller. Callers that need no
/// signature may sign with any other key, since SDKs always need some key.
/// </summary>
internal sealed class LambdaAccess(GatewaySettings settings, WorkerDirectory workers, TimeProvider time)
{
    private static readonly LambdaError NoKeyPair = new(403, "AccessDeniedException", "the Lambda API answers "
        + "other machines only when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set for the gateway");

    private static readonly LambdaError UnknownKey =
        new(403, "UnrecognizedClientException", "The security token included in the request is invalid.");

    private const string Service = "lambda";

    private readonly OriginCheck _origins = new(settings.AllowedHosts);

    /// <summary>
    /// The refusal of a request, before its body is read; null when the request is admitted, or when its body is needed
    /// for the decision.
    /// </summary>
    public LambdaError? Refusal(HttpContext context, out SignatureClaim? toCheck)
    {
        toCheck = null;
        var proxy = ProxyTrace.Of(context.Request);
        var trusted = !settings.SignatureRequired && IsNear(context.Connection.RemoteIpAddress, proxy is not null);
        if (settings.Credentials is not { } credentials)
            return trusted ? ForeignPageError(context) : NoKeyPair;
        if (!SignatureClaim.TryParse(context.Request.Headers.Authorization.ToString(), out var claim))
            return trusted ? ForeignPageError(context) : Unsigned(proxy);
        if (claim.KeyId != credentials.Id)
            return trusted ? ForeignPageError(context) : UnknownKey;
        toCheck = claim;
        return null;
    }

    /// <summary>
    /// The error for an invalid signature; null when the signature is valid for this service. A signature for another
    /// service does not permit function calls.
    /// </summary>
    public LambdaError? Check(HttpContext context, SignatureClaim claim, byte[] body) =>
        Problem(context, claim, body) is { } problem
            ? new LambdaError(403, "InvalidSignatureException", problem)
            : null;

    private string? Problem(HttpContext context, SignatureClaim claim, byte[] body) => claim.Service == Service
        ? SignatureCheck.Problem(context.Request, claim, body, settings.Credentials!.Value.Secret, time.GetUtcNow())
        : $"Credential should be scoped to correct service: '{Service}'.";

    // A web page does not have the key pair to sign requests. Other requests are admitted by their address, which is
    // also the address of a page in a browser on the same machine.
    private LambdaError? ForeignPageError(HttpContext context) =>
        _origins.Refusal(context.Request) is { } reason ? new LambdaError(403, "AccessDeniedException", reason) : null;

    private static LambdaError Unsigned(string? proxy) => new(403, "MissingAuthenticationTokenException", proxy is null
        ? "Missing Authentication Token"
        : $"Missing Authentication Token: a request that a proxy passes on ({proxy}) must be signed");

    private bool IsNear(IPAddress? remote, bool isForwarded) =>
        remote is not null && ((IPAddress.IsLoopback(remote) && !isForwarded)
            || workers.Has((remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString()));
}
