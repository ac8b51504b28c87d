using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.RuntimeApi;

/// <summary>
/// A worker's side of the Runtime API: complete requests, or raw bytes where HTTP libraries normalise too much.
/// </summary>
internal sealed class WorkerClient(HttpClient client, Worker worker, string address, int port)
{
    private const string Prefix = "/2018-06-01/runtime/";

    public Worker Worker => worker;

    public string Address => address;

    public int Port => port;

    public Task<HttpResponseMessage> NextAsync(CancellationToken cancellationToken = default) =>
        client.GetAsync(Uri("invocation/next"), cancellationToken);

    public Task<HttpResponseMessage> GetAsync(string call) => client.GetAsync(Uri(call));

    public Task<HttpResponseMessage> RespondAsync(string requestId, string body) =>
        PostAsync($"invocation/{requestId}/response", body);

    public async Task<HttpResponseMessage> PostAsync(
        string call,
        string body,
        string? errorType = null,
        string? cause = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri(call)) { Content = new StringContent(body) };
        if (errorType is not null)
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        if (cause is not null)
            request.Headers.Add("Lambda-Runtime-Function-XRay-Error-Cause", cause);
        return await client.SendAsync(request);
    }

    /// <summary>Begins an answer in chunks.</summary>
    public async Task<StreamingConnection> BeginStreamAsync(string requestId, string contentType = "text/plain")
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(address, port);
        var connection = new StreamingConnection(socket);
        await connection.SendAsync(
            $"POST {Prefix}invocation/{requestId}/response HTTP/1.1\r\nHost: {address}:{port}\r\nContent-Type: "
                + $"{contentType}\r\nTransfer-Encoding: chunked\r\n"
            + "Lambda-Runtime-Function-Response-Mode: streaming\r\nTrailer: Lambda-Runtime-Function-Error-Type, "
            + "Lambda-Runtime-Function-Error-Body\r\n\r\n");
        return connection;
    }

    private Uri Uri(string call) => new($"http://{address}:{port}{Prefix}{call}");

    /// <summary>A request whose body is still being written.</summary>
    internal sealed class StreamingConnection(TcpClient socket) : IDisposable
    {
        public Task SendAsync(string raw) => socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(raw)).AsTask();

        public Task ChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

        /// <summary>Sends the last chunk and trailers; returns the status.</summary>
        public async Task<int> EndAsync(string trailers = "")
        {
            await SendAsync($"0\r\n{trailers}\r\n");
            return await StatusAsync();
        }

        public async Task<int> StatusAsync()
        {
            var buffer = new byte[12];
            await socket.GetStream().ReadExactlyAsync(buffer);
            return int.Parse(Encoding.ASCII.GetString(buffer)[9..], System.Globalization.CultureInfo.InvariantCulture);
        }

        public void Dispose() => socket.Dispose();
    }
}
