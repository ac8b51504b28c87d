using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Details of a request for the access log and for spans; present only when the access log or tracing is on.
/// </summary>
internal sealed class AccessNote
{
    public string? Function { get; private set; }

    /// <summary>The pattern that matched the request.</summary>
    public string? Route { get; private set; }

    /// <summary>Records the function and the route of a request.</summary>
    public static void Of(HttpContext context, string? function, string route)
    {
        if (context.Features.Get<AccessNote>() is { } note)
            (note.Function, note.Route) = (function, route);
    }
}
