using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Esb.Host.Sockets;

namespace Esb.Cli.Platform;

/// <summary>Checks that a part answers a real request, not only that its port is open.</summary>
internal sealed class ReadyCheck(HttpClient http, PlatformAddresses addresses)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether it answered as expected.</summary>
    public async Task<bool> PassesAsync(ComponentKind kind, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            return kind switch
            {
                ComponentKind.ObjectStore =>
                    await AnswersAsync(new Uri(addresses.ObjectStore, "/-/health"), timeout.Token),
                ComponentKind.Database => await ListsTablesAsync(timeout.Token),
                ComponentKind.Agent => await ConnectsAsync(timeout.Token),
                _ => await AnswersAsync(new Uri(addresses.Gateway, "/health"), timeout.Token),
            };
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(uri, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    // The store requires a signature but does not verify it. Source: DynamoDB API reference, ListTables.
    private async Task<bool> ListsTablesAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Database);
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=esb/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, "
                + "Signature=0");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"Limit":1}"""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private async Task<bool> ConnectsAsync(CancellationToken cancellationToken)
    {
        using var socket = await UnixSocket.ConnectAsync(addresses.AgentSocket, cancellationToken);
        return true;
    }
}
