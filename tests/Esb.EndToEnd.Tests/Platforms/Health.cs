using System.Net;

namespace Esb.EndToEnd.Tests.Platforms;

/// <summary>A gateway's <c>/health</c>, as a load balancer requests it.</summary>
internal static class Health
{
    /// <returns>Null if there is no answer.</returns>
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
