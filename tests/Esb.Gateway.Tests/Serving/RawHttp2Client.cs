using System.Net.Security;

namespace Esb.Gateway.Tests.Serving;

/// <summary>Sends the exact names and values of a request over HTTP/2: libraries refuse to send invalid ones.</summary>
internal static class RawHttp2Client
{
    /// <summary>The status of a GET; 0 when the connection ends without one.</summary>
    public static async Task<int> GetAsync(
        int port,
        SslClientAuthenticationOptions options,
        params (string Name, string Value)[] fields)
    {
        await using var connection = await RawHttp2Connection.OpenAsync(port, options);
        await connection.RequestAsync(1, "GET", hasBody: false, fields);
        return await connection.StatusAsync();
    }
}
