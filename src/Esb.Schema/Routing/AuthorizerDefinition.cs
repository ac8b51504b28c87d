using Esb.Schema.Files;

namespace Esb.Schema.Routing;

/// <summary>Who may call a route: the value of <c>authorizer</c> in <c>routing.yml</c>.</summary>
public abstract record AuthorizerDefinition;

/// <summary>A JSON Web Token of an issuer.</summary>
/// <param name="Issuer">
/// The required <c>iss</c>; without <paramref name="KeySource"/> the keys are discovered from it too.
/// </param>
/// <param name="Audience">One of these must be in <c>aud</c>, or be <c>client_id</c>; empty for any.</param>
/// <param name="KeySource">A URL or an absolute path of a JSON Web Key Set; null for discovery from the issuer.</param>
/// <param name="Scopes">One of these must be in <c>scope</c> or <c>scp</c>; empty for any.</param>
/// <param name="IdentitySource">Where the token is.</param>
public sealed record JwtAuthorizer(
    string Issuer,
    IReadOnlyList<string> Audience,
    string? KeySource,
    IReadOnlyList<string> Scopes,
    IdentitySource IdentitySource)
    : AuthorizerDefinition
{
    /// <summary>
    /// A regular expression that one of the audiences in <c>aud</c> must match completely; null for none.
    /// </summary>
    public string? Validation { get; init; }
}

/// <summary>A function that decides.</summary>
/// <param name="Function">The name of the function.</param>
/// <param name="TokenOnly">
/// True for <c>TOKEN</c>, which receives one token; false for <c>REQUEST</c>, which receives the request.
/// </param>
/// <param name="IdentitySources">
/// What must be present before the function is called; it is also the key by which answers are cached.
/// </param>
/// <param name="Ttl">How many seconds answers are cached; null when not given.</param>
/// <param name="Payload">The format of its event, <c>1.0</c> or <c>2.0</c>; null for that of the route.</param>
/// <param name="SimpleResponses">Whether it may answer <c>{"isAuthorized": true}</c> instead of a policy.</param>
/// <param name="Validation">A regular expression that a token must match completely; null for none.</param>
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
    /// In a written route, the application of the function, if it is not that of the route; see
    /// <see cref="ApplicationName.IsMeant"/>. In a served route, the owner of the function.
    /// </summary>
    public string? FunctionApplication { get; init; }

    /// <summary>API Gateway's limit for <see cref="Ttl"/>: an hour.</summary>
    public const int MaxTtl = 3600;
}

/// <summary>One of the keys of <c>api_keys</c>.</summary>
public sealed record ApiKeyAuthorizer : AuthorizerDefinition;

/// <summary>An authorizer that cannot be used; it closes its route.</summary>
/// <param name="Reason">The human-readable reason.</param>
public sealed record UnusableAuthorizer(string Reason) : AuthorizerDefinition;
