using System.Diagnostics;
using Esb.Gateway.Events;
using Esb.Gateway.Invoking;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Routing;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Authorizers;

/// <summary>Creates authorizers and API keys from their definitions.</summary>
internal sealed partial class AuthorizerFactory(
    Dispatcher dispatcher,
    string region,
    ILogger<AuthorizerFactory> logger,
    TimeProvider time)
{
    /// <summary>
    /// The key of an authorizer. Routes share an authorizer when their API, its kind and the definition are equal. For
    /// a Lambda authorizer, whose answers may be cached, the stage and the other API settings must be equal too, since
    /// two templates of one application may have APIs with the same id.
    /// </summary>
    public static string KeyOf(AuthorizerDefinition definition, Route route)
    {
        string?[] parts = definition switch
        {
            JwtAuthorizer jwt =>
            [
                "jwt", jwt.Issuer, jwt.KeySource, jwt.Validation, $"{jwt.IdentitySource}",
                $"{jwt.Audience.Count}", .. jwt.Audience, .. jwt.Scopes,
            ],
            LambdaAuthorizer lambda =>
            [
                "lambda", ApiIdentity.StageOf(route), lambda.Function, lambda.FunctionApplication,
                $"{lambda.TokenOnly}", $"{lambda.Ttl}", lambda.Payload, $"{lambda.SimpleResponses}", lambda.Validation,
                $"{lambda.IdentitySources.Count}", .. lambda.IdentitySources.Select(s => $"{s}"), .. PartsOf(route.Api),
            ],
            _ => [definition.GetType().Name],
        };
        // Each part is preceded by its length, so that the text of one part cannot look like another part.
        return string.Join('\n', parts.Prepend($"{route.Kind}").Prepend(route.Api.Name).Prepend(route.Api.Application)
            .Select(p => $"{p?.Length ?? -1}:{p}"));
    }

    private static IEnumerable<string> PartsOf(RouteApi api) =>
    [
        api.BasePath,
        $"{api.BinaryMediaTypes?.Count ?? -1}", .. api.BinaryMediaTypes ?? [],
        .. api.StageVariables.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => (string[])[v.Key, v.Value]),
    ];

    /// <summary>Creates an authorizer with an empty cache.</summary>
    public IAuthorizer Create(AuthorizerDefinition definition, ApiKind kind) => definition switch
    {
        JwtAuthorizer jwt => new JwtVerifier(jwt, new JwtKeys(jwt, logger, time), time),
        LambdaAuthorizer lambda => new FunctionAuthorizer(lambda, kind, dispatcher, region, time),
        _ => throw new UnreachableException($"{definition.GetType().Name} closes a route before anybody is asked"),
    };

    /// <summary>Creates the keys of a configuration. A key keeps its usage, even when its limits change.</summary>
    public ApiKeys CreateKeys(IReadOnlyList<ApiKeyDefinition> definitions, ApiKeys previous)
    {
        List<(ApiKeyDefinition, string)> usable = [];
        foreach (var definition in definitions)
        {
            var configured = definition.Value ?? Environment.GetEnvironmentVariable(definition.ValueVariable!);
            if (configured is { Length: > 0 } value)
                usable.Add((definition, value));
            else if (definition.Enabled)
                LogUnset(logger, definition.Name, definition.ValueVariable!);
        }

        return ApiKeys.Of(usable, previous, time);
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "API key '{Name}' opens nothing: the variable {Variable} is not set")]
    private static partial void LogUnset(ILogger logger, string name, string variable);
}
