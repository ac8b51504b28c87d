using System.Net;

namespace Esb.EndToEnd.Tests.Platforms;

/// <summary>A gateway's <c>/health</c>, as who balances load asks for it.</summary>
internal static class Health
{
    /// <returns>Null when nobody answers.</returns>
    public static async Task<HttpStatusCode?> StatusAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
