using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Gateway;

/// <summary>Asks the admin port of the platform's gateway.</summary>
internal sealed class AdminClient(HttpClient http, PlatformAddresses addresses)
{
    // What completion may cost while somebody types.
    private static readonly TimeSpan CompletionPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>The platform that runs; if none was started by <c>esb up</c>, whatever answers on the ports that are set.</summary>
    public static PlatformAddresses Addresses(PlatformSettings settings) =>
        PlatformState.Read(settings.State)?.Addresses ?? PlatformAddresses.Of(settings, "");

    /// <summary>One document as it comes.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or not as a gateway does.</exception>
    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>One document.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or not as a gateway does.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await GetAsync(path, cancellationToken), type) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw CommandFailure.Environment($"{addresses.Admin.Authority} does not answer as the gateway of this version does", "publish all binaries from one version, then esb down and esb up");
        }
    }

    /// <summary>Opens a document that may have no end. The caller disposes it.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or not with success.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.GetAsync(new Uri(addresses.Admin, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw NotRunning(addresses.Admin);
        }

        if (response.IsSuccessStatusCode)
            return response;
        response.Dispose();
        throw CommandFailure.Environment($"{addresses.Admin.Authority} answers {path} with {(int)response.StatusCode}", "is something else on the gateway's admin port?");
    }

    /// <summary>Names of the functions that are live.</summary>
    public async Task<IReadOnlyList<string>> FunctionNamesAsync(CancellationToken cancellationToken) =>
        [.. (await GetAsync("/functions", GatewayJson.Default.IReadOnlyListFunctionStatus, cancellationToken)).Select(function => function.Name)];

    /// <summary>The same for shell completion: soon or not at all.</summary>
    public IReadOnlyList<string> FunctionNamesSoon()
    {
        using var patience = new CancellationTokenSource(CompletionPatience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(addresses.Admin, "/functions"));
            using var response = http.Send(request, patience.Token);
            var functions = JsonSerializer.Deserialize(response.Content.ReadAsStream(patience.Token), GatewayJson.Default.IReadOnlyListFunctionStatus);
            return [.. (functions ?? []).Select(function => function.Name)];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            return [];
        }
    }

    /// <summary>What to say when nothing answers.</summary>
    public static CommandFailure NotRunning(Uri address) =>
        CommandFailure.Environment($"no platform is running (nothing answers on {address.Authority})", "start it with esb up");
}
