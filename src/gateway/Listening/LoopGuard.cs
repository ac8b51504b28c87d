using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Requests that this gateway has sent itself, through whatever servers in between: each one that it passes on bears its mark in <c>Via</c>, which
/// proxies must keep (RFC 9110, 7.6.3). They are refused on every port, so that a route to a server can neither go round for ever nor reach
/// what only this machine may reach.
/// </summary>
internal static class LoopGuard
{
    /// <summary>The name of this process among all gateways.</summary>
    public static string Mark { get; } = "esb-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static RequestDelegate Around(RequestDelegate handler) => context =>
    {
        if (!HasPassed(context.Request))
            return handler(context);
        context.Response.Headers.Connection = HttpProtocol.IsHttp2(context.Request.Protocol) ? default : "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status508LoopDetected, """{"message":"Loop Detected"}"""u8.ToArray());
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
