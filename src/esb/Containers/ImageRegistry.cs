using System.Net;
using System.Net.Http.Headers;

namespace Esb.Cli.Containers;

/// <summary>
/// The registry from which the images of workers are pulled. Source: OCI Distribution Specification, "Checking if
/// content exists in the registry".
/// </summary>
/// <param name="http">A client without a proxy.</param>
/// <param name="engine">The engine, which pushes with the credentials of its user.</param>
internal sealed class ImageRegistry(HttpClient http, DockerEngine engine)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    /// <summary>Checks that the registry can be used. Called before anything is built.</summary>
    /// <exception cref="CommandFailure">The registry cannot be used.</exception>
    public async Task RequireAsync(string registry, CancellationToken cancellationToken)
    {
        var host = registry.Split('/')[0];
        try
        {
            using var response = await AskAsync(HttpMethod.Get, $"{Scheme(host)}://{host}/v2/", cancellationToken);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized)
                return;
            throw Down(registry, $"it answers with status {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            throw Down(registry, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Down(registry, $"it did not answer for {Timeout.TotalSeconds:0} s");
        }
    }

    /// <returns>Also false when the registry does not answer, since pushing an existing image is cheap.</returns>
    public async Task<bool> HasAsync(string reference, CancellationToken cancellationToken)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var colon = reference.LastIndexOf(':');
        var (host, repository, tag) = (reference[..slash], reference[(slash + 1)..colon], reference[(colon + 1)..]);
        try
        {
            using var response = await AskAsync(
                HttpMethod.Head, $"{Scheme(host)}://{host}/v2/{repository}/manifests/{tag}", cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <returns>Why it failed, or null.</returns>
    public async Task<string?> PushAsync(string reference, CancellationToken cancellationToken)
    {
        var pushed = await engine.RunAsync(["push", "--quiet", reference], cancellationToken);
        return pushed.Succeeded ? null : pushed.Reason;
    }

    private static CommandFailure Down(string registry, string reason) => CommandFailure.Environment(
        $"the registry {registry}, from which containerd mode pulls images, cannot be used: {reason}; "
            + "nothing was changed",
        "start it (docker compose --profile registry up -d registry, see docs/containers.md), "
            + "or name another one with CONTAINER_REGISTRY");

    private async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string address, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var request = new HttpRequestMessage(method, address);
        foreach (var type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
    }

    // Plain HTTP on loopback only, as in Docker.
    private static string Scheme(string host)
    {
        var name = host.LastIndexOf(':') is > 0 and var colon ? host[..colon] : host;
        return name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            ? "http"
            : "https";
    }
}
