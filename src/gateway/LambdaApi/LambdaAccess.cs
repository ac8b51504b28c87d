using System.Net;
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

    /// <summary>The answer to a caller who cannot be let in, before the body is read; null when the body decides or nothing is to be checked.</summary>
    public LambdaError? Refusal(HttpContext context, out SignatureClaim? toCheck)
    {
        toCheck = null;
        var trusted = !settings.SignatureRequired && IsNear(context.Connection.RemoteIpAddress);
        if (settings.Credentials is not { } credentials)
            return trusted ? null : new LambdaError(403, "AccessDeniedException", "the Lambda API answers other machines only when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set for the gateway");
        if (!SignatureClaim.TryParse(context.Request.Headers.Authorization.ToString(), out var claim))
            return trusted ? null : new LambdaError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        if (claim.KeyId != credentials.Id)
            return trusted ? null : new LambdaError(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
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

    private bool IsNear(IPAddress? remote) =>
        remote is not null && (IPAddress.IsLoopback(remote) || workers.Has((remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString()));
}
