using System.Diagnostics;
using Esb.Gateway.Events;
using Esb.Gateway.Invoking;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Routing;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Authorizers;

/// <summary>Written → living for authorizers and API keys.</summary>
internal sealed partial class AuthorizerFactory(Dispatcher dispatcher, string region, ILogger<AuthorizerFactory> logger, TimeProvider time)
{
    /// <summary>
    /// The same for routes that share an authorizer: the same API, kind and words; where answers are remembered also the
    /// same stage and all else that the routes say about their API, since two templates of one application may have APIs
    /// of one id.
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
                "lambda", ApiIdentity.StageOf(route), lambda.Function, lambda.FunctionApplication, $"{lambda.TokenOnly}", $"{lambda.Ttl}", lambda.Payload, $"{lambda.SimpleResponses}", lambda.Validation,
                $"{lambda.IdentitySources.Count}", .. lambda.IdentitySources.Select(s => $"{s}"), .. PartsOf(route.Api),
            ],
            _ => [definition.GetType().Name],
        };
        // Each with its length, so that no text in one of them passes for another one.
        return string.Join('\n', parts.Prepend($"{route.Kind}").Prepend(route.Api.Name).Prepend(route.Api.Application).Select(p => $"{p?.Length ?? -1}:{p}"));
    }

    private static IEnumerable<string> PartsOf(RouteApi api) =>
    [
        api.BasePath,
        $"{api.BinaryMediaTypes?.Count ?? -1}", .. api.BinaryMediaTypes ?? [],
        .. api.StageVariables.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => (string[])[v.Key, v.Value]),
    ];

    /// <summary>One that knows nothing yet.</summary>
    public IAuthorizer Create(AuthorizerDefinition definition, ApiKind kind) => definition switch
    {
        JwtAuthorizer jwt => new TokenAuthorizer(jwt, new TokenKeys(jwt, logger, time), time),
        LambdaAuthorizer lambda => new FunctionAuthorizer(lambda, kind, dispatcher, region, time),
        _ => throw new UnreachableException($"{definition.GetType().Name} closes a route before anybody is asked"),
    };

    /// <summary>The keys of a configuration; a key goes on from what it has used, also with other limits.</summary>
    public ApiKeyRing CreateRing(IReadOnlyList<ApiKeyDefinition> definitions, ApiKeyRing before)
    {
        List<(ApiKeyDefinition, string)> usable = [];
        foreach (var definition in definitions)
        {
            if ((definition.Value ?? Environment.GetEnvironmentVariable(definition.ValueVariable!)) is { Length: > 0 } value)
                usable.Add((definition, value));
            else if (definition.Enabled)
                LogUnset(logger, definition.Name, definition.ValueVariable!);
        }

        return ApiKeyRing.Of(usable, before, time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "API key '{Name}' opens nothing: the variable {Variable} is not set")]
    private static partial void LogUnset(ILogger logger, string name, string variable);
}
