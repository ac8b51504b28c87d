using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>What the access log and spans cannot see from outside; there only when somebody keeps one of them.</summary>
internal sealed class AccessNote
{
    public string? Function { get; private set; }

    /// <summary>The pattern that took the request.</summary>
    public string? Route { get; private set; }

    /// <summary>Notes which function a request went to, and by which route.</summary>
    public static void Of(HttpContext context, string? function, string route)
    {
        if (context.Features.Get<AccessNote>() is { } note)
            (note.Function, note.Route) = (function, route);
    }
}
