using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Esb.Agent.Backends;

namespace Esb.Agent.Images;

/// <summary>
/// Reads from registries. Source: OCI, "Distribution Specification", and Docker's "Token Authentication Specification".
/// </summary>
internal sealed class RegistryClient(RegistryAddresses addresses) : IDisposable
{
    private const int LargestDocument = 4 * 1024 * 1024;

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = TimeSpan.FromSeconds(100),
    };

    public void Dispose() => _http.Dispose();

    /// <summary>A manifest or an index, with its digest and media type.</summary>
    /// <exception cref="CannotStartException">The manifest cannot be obtained.</exception>
    public async Task<(byte[] Bytes, Part Descriptor)> ManifestAsync(ImageReference image, string version)
    {
        using var response = await GetAsync(image, $"manifests/{version}", ManifestTypes);
        var bytes = await ReadAsync(image, response);
        var digest = Digest(bytes);
        if (version.Contains(':', StringComparison.Ordinal) && version != digest)
            throw new CannotStartException(
                $"the registry {image.Registry} answers {image} with a manifest of another digest");
        return (bytes, new Part(response.Content.Headers.ContentType?.MediaType, digest, bytes.Length, null));
    }

    /// <summary>A small blob; its digest is verified.</summary>
    /// <exception cref="CannotStartException">The blob cannot be obtained.</exception>
    public async Task<byte[]> DocumentAsync(ImageReference image, string digest)
    {
        using var response = await GetAsync(image, $"blobs/{digest}", []);
        var bytes = await ReadAsync(image, response);
        return Digest(bytes) == digest
            ? bytes
            : throw new CannotStartException($"the registry {image.Registry} answers with a damaged part of {image}");
    }

    /// <summary>A large blob; the reader must verify its digest.</summary>
    /// <exception cref="CannotStartException">The blob cannot be obtained.</exception>
    public Task<HttpResponseMessage> BlobAsync(ImageReference image, string digest) =>
        GetAsync(image, $"blobs/{digest}", []);

    public static string Digest(ReadOnlySpan<byte> bytes) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<HttpResponseMessage> GetAsync(ImageReference image, string what, string[] accept)
    {
        var address = new Uri(addresses.Of(image.Registry), $"/v2/{image.Repository}/{what}");
        try
        {
            var response = await SendAsync(address, accept, null);
            if (response.StatusCode == HttpStatusCode.Unauthorized && await TokenAsync(response) is { } token)
            {
                response.Dispose();
                response = await SendAsync(address, accept, token);
            }

            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw new CannotStartException(Refusal(image, response.StatusCode));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new CannotStartException($"the registry {image.Registry} does not answer at "
                + $"{address.GetLeftPart(UriPartial.Authority)}: {e.Message}; {image} cannot be pulled until it does");
        }
    }

    private Task<HttpResponseMessage> SendAsync(Uri address, string[] accept, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var type in accept)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // Public registries issue a token for reading to everybody.
    private async Task<string?> TokenAsync(HttpResponseMessage refusal)
    {
        if (refusal.Headers.WwwAuthenticate.FirstOrDefault(
            challenge => challenge.Scheme == "Bearer")?.Parameter is not { } text)
            return null;
        var fields = ChallengeFields(text);
        if (!fields.Remove("realm", out var realm))
            return null;
        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        using var response = await _http.GetAsync($"{realm}?{query}");
        if (!response.IsSuccessStatusCode)
            return null;
        var answer = JsonSerializer.Deserialize(
            await response.Content.ReadAsByteArrayAsync(), ImageJson.Default.TokenAnswer);
        return answer?.Token ?? answer?.AccessToken;
    }

    private static async Task<byte[]> ReadAsync(ImageReference image, HttpResponseMessage response)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestDocument);
            return await response.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException e)
        {
            throw new CannotStartException(
                $"the registry {image.Registry} closed the connection early or sent too much for {image}: {e.Message}");
        }
    }

    private static string Refusal(ImageReference image, HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound =>
            $"the registry {image.Registry} has no {image}; deploy again, or check the name of the image",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"the registry {image.Registry} does not allow reading {image} without a login",
        _ => $"the registry {image.Registry} answers {(int)status} for {image}",
    };

    // name="value", with any separators in between.
    private static Dictionary<string, string> ChallengeFields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var rest = text.AsSpan(); rest.IndexOf("=\"") is >= 0 and var at;)
        {
            var name = rest[(rest[..at].LastIndexOfAnyExceptInRange('a', 'z') + 1)..at];
            var end = rest[(at + 2)..].IndexOf('"');
            if (end < 0)
                break;
            if (name.Length > 0)
                fields[name.ToString()] = rest.Slice(at + 2, end).ToString();
            rest = rest[(at + 2 + end + 1)..];
        }

        return fields;
    }
}
