using Esb.Schema.Files;

namespace Esb.Schema.Routing;

/// <summary>Who may call a route, as it stands in <c>routing.yml</c> under <c>authorizer</c>.</summary>
public abstract record AuthorizerDefinition;

/// <summary>A JSON Web Token of an issuer.</summary>
/// <param name="Issuer">What <c>iss</c> must be; without <paramref name="KeySource"/> also where the keys are discovered.</param>
/// <param name="Audience">One of these must be in <c>aud</c>, or be <c>client_id</c>; empty means any.</param>
/// <param name="KeySource">A URL or an absolute path of a JSON Web Key Set; null: discovered from the issuer.</param>
/// <param name="Scopes">One of these must be in <c>scope</c> or <c>scp</c>; empty means any.</param>
/// <param name="IdentitySource">Where the token stands.</param>
public sealed record JwtAuthorizer(string Issuer, IReadOnlyList<string> Audience, string? KeySource, IReadOnlyList<string> Scopes, IdentitySource IdentitySource)
    : AuthorizerDefinition
{
    /// <summary>A regular expression that one of the audiences in <c>aud</c> must match as a whole; null when there is none.</summary>
    public string? Validation { get; init; }
}

/// <summary>A function that decides.</summary>
/// <param name="Function">Its name.</param>
/// <param name="TokenOnly">True for <c>TOKEN</c>: it is given one token; false for <c>REQUEST</c>: it is given the request.</param>
/// <param name="IdentitySources">What must be there before it is asked, and by what its answers are remembered.</param>
/// <param name="Ttl">Seconds its answers are remembered; null when not said.</param>
/// <param name="Payload">The format of its event, <c>1.0</c> or <c>2.0</c>; null: that of the route.</param>
/// <param name="SimpleResponses">Whether it may answer <c>{"isAuthorized": true}</c> instead of a policy.</param>
/// <param name="Validation">A regular expression that a token must match as a whole; null when every one may be tried.</param>
public sealed record LambdaAuthorizer(
    string Function,
    bool TokenOnly,
    IReadOnlyList<IdentitySource> IdentitySources,
    int? Ttl,
    string? Payload,
    bool SimpleResponses,
    string? Validation) : AuthorizerDefinition
{
    /// <summary>
    /// As written: whose function is meant, where that is not the route's own application; see <see cref="ApplicationName.IsMeant"/>. As served: whose it is.
    /// </summary>
    public string? FunctionApplication { get; init; }

    /// <summary>API Gateway's bound of <see cref="Ttl"/>: an hour.</summary>
    public const int MaxTtl = 3600;
}

/// <summary>One of the keys under <c>api_keys</c>.</summary>
public sealed record ApiKeyAuthorizer : AuthorizerDefinition;

/// <summary>One that cannot be honoured: the route answers 403 to everybody.</summary>
/// <param name="Reason">For people.</param>
public sealed record RefusingAuthorizer(string Reason) : AuthorizerDefinition;
