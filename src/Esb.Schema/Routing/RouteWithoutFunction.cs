using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Schema.Routing;

/// <summary>
/// A route that is closed because its function, or that of its authorizer, does not exist or is not the one that it was
/// deployed for.
/// </summary>
/// <param name="Route">The route as written.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Owner">The application that has the function now; null when there is no such function.</param>
/// <param name="Guards">Whether the function is the authorizer of the route.</param>
public sealed record RouteWithoutFunction(RouteDefinition Route, string Function, string? Owner, bool Guards)
{
    /// <summary>The human-readable reason.</summary>
    public string Reason => Owner is null
        ? $"there is no function '{Function}'{(Guards ? ", which is to guard it" : "")}"
        : $"the function '{Function}'{(Guards ? ", which guards it," : "")} belongs to application '{Owner}' now";

    /// <summary>
    /// Returns null when the functions that the route names exist and belong to the applications that the route was
    /// deployed for.
    /// </summary>
    /// <param name="route">The route as written.</param>
    /// <param name="functions">All existing functions.</param>
    public static RouteWithoutFunction? Of(
        RouteDefinition route,
        IReadOnlyDictionary<string, FunctionDefinition> functions)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(functions);
        if (route.Function is { } name)
        {
            if (!functions.TryGetValue(name, out var function))
                return new RouteWithoutFunction(route, name, null, Guards: false);
            if (!ApplicationName.IsMeant(route.Api.Application, route.FunctionApplication, function.Application))
                return new RouteWithoutFunction(route, name, function.Application, Guards: false);
        }

        if (route.Authorizer is not LambdaAuthorizer authorizer)
            return null;
        if (!functions.TryGetValue(authorizer.Function, out var guard))
            return new RouteWithoutFunction(route, authorizer.Function, null, Guards: true);
        return ApplicationName.IsMeant(route.Api.Application, authorizer.FunctionApplication, guard.Application)
            ? null
            : new RouteWithoutFunction(route, authorizer.Function, guard.Application, Guards: true);
    }
}
