using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Refuses requests that this gateway has sent itself, possibly through other servers. Every forwarded request has the
/// gateway's mark in <c>Via</c>, which proxies must keep (RFC 9110, 7.6.3). Such requests are refused on every port, so
/// that a route to a server can neither loop nor reach what is restricted to this machine.
/// </summary>
internal static class LoopGuard
{
    /// <summary>A unique name of this process among all gateways.</summary>
    public static string Mark { get; } = "esb-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static RequestDelegate Around(RequestDelegate handler) => context =>
    {
        if (!HasPassed(context.Request))
            return handler(context);
        context.Response.Headers.Connection = HttpProtocol.IsHttp2(context.Request.Protocol) ? default : "close";
        return JsonReply.WriteAsync(
            context, StatusCodes.Status508LoopDetected, """{"message":"Loop Detected"}"""u8.ToArray());
    };

    private static bool HasPassed(HttpRequest request)
    {
        foreach (var line in request.Headers.Via)
        {
            if (line?.Contains(Mark, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        }

        return false;
    }
}
