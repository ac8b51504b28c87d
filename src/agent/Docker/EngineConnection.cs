using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.Agent.Backends;
using Esb.Host.Sockets;

namespace Esb.Agent.Docker;

/// <summary>
/// HTTP to the engine over its socket. Distinguishes an error of the engine from an engine that is not running.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    // An engine under load answers late; after this time it counts as absent.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private readonly string _socket;
    private readonly HttpClient _http;
    private volatile string? _version;

    public EngineConnection(string socket)
    {
        _socket = socket;
        var handler = UnixSocket.HttpHandler(_socket);
        // The host name is never resolved: every connection is to the socket.
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://docker"), Timeout = AnswerTimeout };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads a document.</summary>
    public async Task<T> ReadAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, HttpContent? body = null)
    {
        using var response = await SendAsync(method, path, body);
        return await CallAsync(async () =>
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            return await JsonSerializer.DeserializeAsync(stream, type)
                ?? throw new EngineException((int)response.StatusCode, $"{path} was answered without content");
        });
    }

    /// <summary>Sends a request whose answer has no body.</summary>
    public async Task CallAsync(HttpMethod method, string path) => (await SendAsync(method, path, null)).Dispose();

    /// <summary>Returns after the headers of the answer; the caller reads the body for as long as it takes.</summary>
    /// <exception cref="EngineException">The engine answered with an error.</exception>
    /// <exception cref="EngineUnavailableException">Nothing answers on the socket.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        var version = _version ??= await CallAsync(VersionAsync);
        using var request = new HttpRequestMessage(method, $"/v{version}{path}") { Content = body };
        return await CallAsync(async () =>
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if ((int)response.StatusCode < 400)
                return response;
            using (response)
                throw new EngineException((int)response.StatusCode, await ReasonAsync(response));
        });
    }

    /// <summary>Runs something that reads from the engine.</summary>
    /// <exception cref="EngineUnavailableException">The engine is not running, or the connection was lost.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> talk)
    {
        try
        {
            return await talk();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            // The engine may have been replaced by another version.
            _version = null;
            throw new EngineUnavailableException(Explain(e));
        }
        catch (JsonException e)
        {
            throw new EngineUnavailableException($"{_socket} does not speak the Docker Engine API: {e.Message}");
        }
    }

    // The version that the engine prefers: old engines do not know new versions, and new engines refuse very old ones.
    private async Task<string> VersionAsync()
    {
        using var response = await _http.GetAsync("/_ping");
        return response.StatusCode == HttpStatusCode.OK
            && response.Headers.TryGetValues("Api-Version", out var versions)
            ? versions.First()
            : throw new EngineUnavailableException(
                $"{_socket} does not speak the Docker Engine API; set DOCKER_HOST to the engine's socket");
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        try
        {
            return JsonSerializer.Deserialize(text, EngineJson.Default.EngineMessage)?.Message ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private string Explain(Exception exception)
    {
        var cause = exception;
        while (cause is not SocketException && cause.InnerException is not null)
            cause = cause.InnerException;
        return (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.AccessDenied => $"no permission on {_socket}: the user of esb-agent must be in the group of "
                + "that socket (usually docker)",
            SocketError.ConnectionRefused =>
                $"no Docker Engine answers on {_socket}: start it, or set DOCKER_HOST to its socket",
            _ when !File.Exists(_socket) =>
                $"there is no {_socket}: start the Docker Engine, or set DOCKER_HOST to its socket",
            _ => $"the connection to the Docker Engine on {_socket} was lost: {cause.Message}",
        };
    }
}
