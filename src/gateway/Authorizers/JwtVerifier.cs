using System.Text.Json;
using System.Text.RegularExpressions;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Schema.Http;
using Esb.Schema.Routing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// A JWT authorizer. Source: API Gateway, "Control access to HTTP APIs with JWT authorizers". The service accepts only
/// RSA; the gateway accepts elliptic curves as well. Neither accepts symmetric keys or unsigned tokens.
/// </summary>
internal sealed class JwtVerifier(JwtAuthorizer definition, JwtKeys keys, TimeProvider time) : IAuthorizer
{
    /// <summary>
    /// The maximum difference between the clocks of the issuer and this machine. API Gateway does not document its
    /// limit; the clock of an edge machine drifts.
    /// </summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private const string Bearer = "Bearer ";

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly Regex? _validation =
        definition.Validation is { } expression ? TokenExpression.Of(expression) : null;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public async ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming)
    {
        var kind = incoming.Route.Kind;
        if (IdentityValues.Read(definition.IdentitySource, incoming) is not { Length: > 0 } value)
            return Refused(kind, null);
        var text = value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? OptionalWhitespace.Trim(value[Bearer.Length..])
            : value;
        if (Parse(text) is not { } token)
            return Refused(kind, "the token is malformed");
        if (!Algorithms.Contains(token.Alg))
            return Refused(kind, "the signing method is not supported");
        if (JwtClaims.HasCriticalHeaders(token))
            return Refused(kind, "the token has critical headers that are not understood");
        if (await KeyOfAsync(token, incoming.Context.RequestAborted) is not { } key)
            return Refused(kind, "no public key of the issuer matches the token's kid");
        if (await ProblemAsync(token, key) is { } problem)
            return Refused(kind, problem);
        return JwtClaims.HasScope(token, definition.Scopes)
            ? Admission.Granted(JwtClaims.CallerOf(token, kind, definition.Scopes))
            : OutOfScope(kind);
    }

    private async ValueTask<SecurityKey?> KeyOfAsync(JsonWebToken token, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(token.Kid)
            ? null
            : (await keys.FindAsync(token.Kid, cancellationToken)).FirstOrDefault(k => k.Fits(token.Alg))?.Key;

    private JsonWebToken? Parse(string text)
    {
        try
        {
            return _handler.CanReadToken(text)
                && _handler.ReadJsonWebToken(text) is var token
                && JwtClaims.IsWellFormed(token)
                ? token
                : null;
        }
        // The library does not document which exceptions it throws. The code below must not get a token that cannot be
        // read.
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException or JsonException
            or InvalidOperationException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }

    private async ValueTask<string?> ProblemAsync(JsonWebToken token, SecurityKey key)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            ValidAlgorithms = Algorithms,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid)
            return "the signature is invalid";
        // A token without an audience cannot match an expression.
        if (_validation is not null && !JwtClaims.AudiencesOf(token).Any(_validation.IsMatch))
            return JwtClaims.WrongAudience;
        return JwtClaims.Problem(token, definition, time.GetUtcNow(), ClockSkew);
    }

    private static Admission Refused(ApiKind kind, string? description)
    {
        var error = GatewayErrors.Unauthorized(kind);
        var challenge = description is null
            ? "Bearer"
            : $"Bearer scope=\"\" error=\"invalid_token\" error_description=\"{description}\"";
        return Admission.Refused(kind == ApiKind.Rest ? error : error with { Challenge = challenge });
    }

    private Admission OutOfScope(ApiKind kind)
    {
        var error = GatewayErrors.Forbidden(kind);
        var challenge = $"Bearer scope=\"{string.Join(' ', definition.Scopes)}\" error=\"insufficient_scope\"";
        // Scopes come from the configuration; a value that would break the header is not sent.
        return Admission.Refused(kind == ApiKind.Rest || !ResponseHeaders.CanSend("WWW-Authenticate", challenge)
            ? error
            : error with { Challenge = challenge });
    }
}
