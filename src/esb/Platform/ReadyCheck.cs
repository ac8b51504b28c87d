using System.Net.Sockets;
using Esb.Host.Sockets;

namespace Esb.Cli.Platform;

/// <summary>Checks that a part answers a real request, not only that its port is open.</summary>
internal sealed class ReadyCheck(HttpClient http, PlatformAddresses addresses)
{
    private const string HealthPath = "/-/health";

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
                ComponentKind.Stores => await AnswersAsync(new Uri(addresses.Stores!, HealthPath), timeout.Token),
                ComponentKind.EarlierObjectStore =>
                    await AnswersAsync(new Uri(addresses.ObjectStore, HealthPath), timeout.Token),
                ComponentKind.EarlierDatabase => await AnswersAtAllAsync(addresses.Database, timeout.Token),
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

    private async Task<bool> AnswersAtAllAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(uri, cancellationToken);
        return true;
    }

    private async Task<bool> ConnectsAsync(CancellationToken cancellationToken)
    {
        using var socket = await UnixSocket.ConnectAsync(addresses.AgentSocket, cancellationToken);
        return true;
    }
}
