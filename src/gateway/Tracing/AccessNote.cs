using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>What the access log cannot see from outside; there only when somebody keeps one.</summary>
internal sealed class AccessNote
{
    public string? Function { get; private set; }

    /// <summary>Notes which function a request went to.</summary>
    public static void Of(HttpContext context, string function)
    {
        if (context.Features.Get<AccessNote>() is { } note)
            note.Function = function;
    }
}
