using System.Net;
using Esb.Gateway.Listening;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Who may use the Lambda API: this machine and the workers as they are, everybody else with a signature by the platform's key pair.
/// A signature that names that key is checked wherever it comes from; other keys are what SDKs are given when they must have some.
/// </summary>
internal sealed class LambdaAccess(GatewaySettings settings, WorkerDirectory workers, TimeProvider time)
{
    private const string Service = "lambda";

    private readonly OriginCheck _origins = new(settings.AllowedHosts);

    /// <summary>The answer to a caller who cannot be let in, before the body is read; null when the body decides or nothing is to be checked.</summary>
    public LambdaError? Refusal(HttpContext context, out SignatureClaim? toCheck)
    {
        toCheck = null;
        var proxy = ProxyTrace.Of(context.Request);
        var trusted = !settings.SignatureRequired && IsNear(context.Connection.RemoteIpAddress, proxy is not null);
        if (settings.Credentials is not { } credentials)
            return trusted ? OfPage(context) : new LambdaError(403, "AccessDeniedException", "the Lambda API answers other machines only when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set for the gateway");
        if (!SignatureClaim.TryParse(context.Request.Headers.Authorization.ToString(), out var claim))
            return trusted ? OfPage(context) : new LambdaError(403, "MissingAuthenticationTokenException", proxy is null ? "Missing Authentication Token" : $"Missing Authentication Token: what a proxy hands on ({proxy}) must be signed");
        if (claim.KeyId != credentials.Id)
            return trusted ? OfPage(context) : new LambdaError(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        toCheck = claim;
        return null;
    }

    /// <summary>Null when the signature is right, and was made for this service: one for another is no leave to call functions.</summary>
    public LambdaError? Check(HttpContext context, SignatureClaim claim, byte[] body) =>
        Problem(context, claim, body) is { } problem
            ? new LambdaError(403, "InvalidSignatureException", problem)
            : null;

    private string? Problem(HttpContext context, SignatureClaim claim, byte[] body) => claim.Service == Service
        ? SignatureCheck.Problem(context.Request, claim, body, settings.Credentials!.Value.Secret, time.GetUtcNow())
        : $"Credential should be scoped to correct service: '{Service}'.";

    // Whoever signs with the platform's key is no page; everybody else is let in for where they are, which a page in a browser is too.
    private LambdaError? OfPage(HttpContext context) =>
        _origins.Refusal(context.Request) is { } reason ? new LambdaError(403, "AccessDeniedException", reason) : null;

    private bool IsNear(IPAddress? remote, bool isForwarded) =>
        remote is not null && ((IPAddress.IsLoopback(remote) && !isForwarded) || workers.Has((remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString()));
}
