using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Forwarding;

/// <summary>
/// A server behind the gateway that keeps the exact bytes of each request's head and answers with given bytes.
/// </summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="answer">Null for no answer.</param>
    public Backend(string? answer = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
    {
        Answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string? Answer { get; set; }

    /// <summary>Closes each connection at its second request, without an answer.</summary>
    public bool EndsKeptConnections { get; init; }

    /// <summary>Answers as soon as it has the head of a request.</summary>
    public bool AnswersEarly { get; init; }

    /// <summary>Then reads nothing, and keeps the connection open.</summary>
    public bool StopsReading { get; init; }

    /// <summary>Closes with a reset.</summary>
    public bool Resets { get; init; }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The heads of the received requests, each followed by its body.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How many connections the client has closed.</summary>
    public int Closed { get; private set; }

    /// <summary>The last request.</summary>
    public string Last => Requests[^1];

    /// <summary>The values of one header of the last request, in order.</summary>
    public string Lines(string name) =>
        string.Join('\n', Last.Split("\r\n").Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = OneAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task OneAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var buffer = new byte[64 * 1024];
                var text = "";
                var answered = 0;
                while (await stream.ReadAsync(buffer, _end.Token) is var count and > 0)
                {
                    text += Encoding.Latin1.GetString(buffer, 0, count);
                    if (!(AnswersEarly ? text.Contains("\r\n\r\n", StringComparison.Ordinal) : IsComplete(text)))
                        continue;
                    Requests.Add(text);
                    text = "";
                    if (EndsKeptConnections && answered++ > 0)
                    {
                        if (Resets)
                            client.Client.LingerState = new LingerOption(true, 0);
                        return;
                    }

                    if (Answer is not null)
                        await stream.WriteAsync(
                            Encoding.Latin1.GetBytes(Answer.ReplaceLineEndings("\r\n")), _end.Token);
                    if (StopsReading)
                        await Task.Delay(Timeout.Infinite, _end.Token);
                    if (Answer?.Contains("Connection: close", StringComparison.Ordinal) == true)
                        return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client has disconnected.
            }

            Closed++;
        }
    }

    private static bool IsComplete(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = text[..end].Split("\r\n")
            .FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is not null
            ? text.Length - end - 4 >= int.Parse(
                length["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture)
            : !text.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
                || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
