namespace Esb.Sam.Apis;

/// <summary>The settings of a Lambda authorizer besides its function.</summary>
/// <param name="Kind"><c>TOKEN</c> or <c>REQUEST</c>.</param>
/// <param name="IdentitySource">The identity sources, in the spelling of REST or HTTP APIs.</param>
/// <param name="Ttl">The number of seconds for which an answer is cached; null for 300.</param>
/// <param name="Payload"><c>1.0</c> or <c>2.0</c>.</param>
/// <param name="SimpleResponses">Whether the answer is <c>{isAuthorized: …}</c>.</param>
/// <param name="Validation">A pattern that the token must match.</param>
internal sealed record LambdaAuthorizerSettings(
    string Kind,
    IReadOnlyList<string> IdentitySource,
    int? Ttl,
    string Payload,
    bool SimpleResponses,
    string? Validation)
{
    /// <summary>Whether it is an authorizer of an HTTP API.</summary>
    public bool IsHttp { get; init; }
}
