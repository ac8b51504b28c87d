using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.AdminProtocol;
using Esb.Schema.Routing;

namespace Esb.Cli.Admin;

/// <summary>The client of a gateway's admin port, and of the health document on its public port.</summary>
/// <param name="http">A client for this machine.</param>
/// <param name="admin">The address of the admin port.</param>
/// <param name="gateway">The address of the public port.</param>
internal sealed class AdminClient(HttpClient http, Uri admin, Uri gateway)
{
    // Completion runs while the user is typing.
    private static readonly TimeSpan CompletionTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>The error for a gateway that does not answer.</summary>
    public static CommandFailure NotRunning(Uri address) => CommandFailure.Environment(
        $"no platform is running (nothing answers on {address.Authority})", "start it with esb up");

    /// <summary>
    /// Reads the document that <c>GET /configuration</c> returns and that the gateway's binary prints.
    /// </summary>
    /// <returns>Null when it is another document, such as the answer of an earlier version.</returns>
    public static ServedFiles? ReadServedFiles(ReadOnlySpan<byte> json)
    {
        try
        {
            var files = JsonSerializer.Deserialize(json, ServedFilesJson.Default.ServedFiles);
            return files is { RuntimeFolder: not null } ? files : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="CommandFailure">Nothing answers, or what answers is not a gateway.</exception>
    public Task<StatusDocument> StatusAsync(CancellationToken cancellationToken) =>
        GetAsync(AdminPath.Status, AdminJson.Default.StatusDocument, cancellationToken);

    /// <exception cref="CommandFailure">Nothing answers, or what answers is not a gateway.</exception>
    public Task<IReadOnlyList<FunctionStatus>> FunctionsAsync(CancellationToken cancellationToken) =>
        GetAsync(AdminPath.Functions, AdminJson.Default.IReadOnlyListFunctionStatus, cancellationToken);

    /// <exception cref="CommandFailure">Nothing answers, or what answers is not a gateway.</exception>
    public Task<IReadOnlyList<RouteStatus>> RoutesAsync(CancellationToken cancellationToken) =>
        GetAsync(AdminPath.Routes, AdminJson.Default.IReadOnlyListRouteStatus, cancellationToken);

    /// <summary>The names of the functions that are served.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or what answers is not a gateway.</exception>
    public async Task<IReadOnlyList<string>> FunctionNamesAsync(CancellationToken cancellationToken) =>
        [.. (await FunctionsAsync(cancellationToken)).Select(function => function.Name)];

    /// <summary>
    /// The names of the functions for shell completion; empty when the gateway does not answer in time.
    /// </summary>
    public IReadOnlyList<string> FunctionNamesForCompletion()
    {
        using var timeout = new CancellationTokenSource(CompletionTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(admin, AdminPath.Functions));
            using var response = http.Send(request, timeout.Token);
            using var answer = response.Content.ReadAsStream(timeout.Token);
            var functions = JsonSerializer.Deserialize(answer, AdminJson.Default.IReadOnlyListFunctionStatus);
            return [.. (functions ?? []).Select(function => function.Name)];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            return [];
        }
    }

    /// <summary>The lines of a log, each one JSON object. The caller disposes the response.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or the answer is not a success.</exception>
    public Task<HttpResponseMessage> OpenLogsAsync(LogQuery query, CancellationToken cancellationToken) =>
        OpenAsync(query.ToString(), cancellationToken);

    /// <summary>The body of an answer.</summary>
    /// <exception cref="CommandFailure">Nothing answers, or the answer is not a success.</exception>
    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Reads the health document from the public port, as a client would.</summary>
    /// <returns>Null when no gateway answers within the timeout.</returns>
    public Task<HealthDocument?> HealthAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        HealthAsync(HttpMethod.Get, new Uri(gateway, PlatformPaths.Health), timeout, cancellationToken);

    /// <summary>Makes the gateway reload its files.</summary>
    /// <returns>The state afterwards; null when nothing answers within the timeout.</returns>
    public Task<HealthDocument?> ReloadAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        HealthAsync(HttpMethod.Post, new Uri(admin, AdminPath.Reload), timeout, cancellationToken);

    /// <summary>
    /// Asks for the status on a new connection, since an open one still belongs to the process that accepted it.
    /// </summary>
    /// <returns>Null when no gateway answers within the timeout.</returns>
    public async Task<StatusDocument?> ServingAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(admin, AdminPath.Status));
        request.Headers.ConnectionClose = true;
        return await AskAsync(request, AdminJson.Default.StatusDocument, timeout, cancellationToken);
    }

    /// <returns>Null when the answer is not that of a gateway of this version.</returns>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<ServedFiles?> ServedFilesAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(admin, AdminPath.Configuration), cancellationToken);
        return ReadServedFiles(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Makes the agent fetch an image.</summary>
    /// <returns>Why the image cannot be fetched; null when it was fetched or no agent is connected.</returns>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<string?> PrepareImageAsync(string reference, CancellationToken cancellationToken)
    {
        var path = $"{AdminPath.Images}?image={Uri.EscapeDataString(reference)}";
        using var response = await http.PostAsync(new Uri(admin, path), null, cancellationToken);
        if (response.StatusCode != HttpStatusCode.BadGateway)
            return null;
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize(answer, AdminJson.Default.AdminMessage)?.Message ?? "";
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await GetAsync(path, cancellationToken), type)
                ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw CommandFailure.Environment(
                $"{admin.Authority} does not answer as the gateway of this version does",
                "publish all binaries from one version, then esb down and esb up");
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            const HttpCompletionOption Headers = HttpCompletionOption.ResponseHeadersRead;
            response = await http.GetAsync(new Uri(admin, path), Headers, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw NotRunning(admin);
        }

        if (response.IsSuccessStatusCode)
            return response;
        response.Dispose();
        throw CommandFailure.Environment(
            $"{admin.Authority} answers {path} with {(int)response.StatusCode}",
            "is something else on the gateway's admin port?");
    }

    private async Task<HealthDocument?> HealthAsync(
        HttpMethod method, Uri address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        var health = await AskAsync(request, AdminJson.Default.HealthDocument, timeout, cancellationToken);
        return health is { Configuration: not null } ? health : null;
    }

    private async Task<T?> AskAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(timeout);
        try
        {
            using var response = await http.SendAsync(request, waiting.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(waiting.Token);
            return response.IsSuccessStatusCode ? JsonSerializer.Deserialize(answer, type) : null;
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
