using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>The gateway that answers on a platform's admin port, which is the one that serves: one that is being replaced does not answer there any more.</summary>
/// <param name="Version">Of its binary.</param>
/// <param name="Pid">Its process.</param>
internal sealed record ServingGateway(string Version, int Pid)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether it was started for this platform, and not for another one that has the port now. Source: proc(5), environ.</summary>
    public bool IsOf(PlatformAddresses addresses)
    {
        try
        {
            var environment = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/environ"));
            return environment.Split('\0').Contains($"{ComponentSpecs.HandOverSocket}={ComponentSpecs.HandOverPath(addresses)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>Null when nobody answers as a gateway does.</returns>
    public static async Task<ServingGateway?> AskAsync(HttpClient http, PlatformAddresses addresses, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // A connection that is kept open stays with the process that accepted it.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(addresses.Admin, "/status"));
            request.Headers.ConnectionClose = true;
            using var response = await http.SendAsync(request, patience.Token);
            return response.IsSuccessStatusCode
                ? JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(patience.Token), ServingGatewayJson.Default.ServingGateway)
                : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(ServingGateway))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ServingGatewayJson : JsonSerializerContext;
