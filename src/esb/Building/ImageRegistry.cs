using System.Net;
using System.Net.Http.Headers;

namespace Esb.Cli.Building;

/// <summary>The registry from which container workers are pulled. Source: OCI Distribution Specification, "Checking if content exists in the registry".</summary>
/// <param name="http">Goes straight there.</param>
/// <param name="engine">Pushes, with the credentials that its user has.</param>
internal sealed class ImageRegistry(HttpClient http, DockerEngine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    /// <returns>False also when it cannot be told: a push of what is there costs little.</returns>
    public async Task<bool> HasAsync(string reference, CancellationToken cancellationToken)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var colon = reference.LastIndexOf(':');
        var (host, repository, tag) = (reference[..slash], reference[(slash + 1)..colon], reference[(colon + 1)..]);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, $"{Scheme(host)}://{host}/v2/{repository}/manifests/{tag}");
            foreach (var type in ManifestTypes)
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            using var response = await http.SendAsync(request, patience.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <returns>Why it did not work, or null.</returns>
    public async Task<string?> PushAsync(string reference, CancellationToken cancellationToken)
    {
        var pushed = await engine.RunAsync(["push", "--quiet", reference], cancellationToken);
        return pushed.Succeeded ? null : pushed.Reason;
    }

    // As Docker does: plain HTTP on loopback only.
    private static string Scheme(string host)
    {
        var name = host.LastIndexOf(':') is > 0 and var colon ? host[..colon] : host;
        return name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)) ? "http" : "https";
    }
}
