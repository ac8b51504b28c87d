using System.Net;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Backups;

/// <summary>A bucket of tests, by plain HTTP on stores without credentials.</summary>
internal sealed class Buckets(StoresProcess stores) : IDisposable
{
    private readonly HttpClient _http = new();

    public Task CreateAsync() => SendAsync(HttpMethod.Put, "", "");

    public Task PutAsync(string key, string value) => SendAsync(HttpMethod.Put, $"/{key}", value);

    /// <summary>The content of an object, or null if it is not there.</summary>
    public async Task<string?> GetAsync(string key)
    {
        using var answer = await _http.GetAsync(new Uri(stores.Address, $"/things/{key}"));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.Content.ReadAsStringAsync();
    }

    public Task<string> ListAsync() => _http.GetStringAsync(new Uri(stores.Address, "/things?list-type=2"));

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(HttpMethod method, string path, string content)
    {
        using var request = new HttpRequestMessage(method, new Uri(stores.Address, $"/things{path}"))
        {
            Content = new StringContent(content),
        };
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
