using System.Net;
using System.Net.Sockets;

namespace Esb.Gateway.Agent;

/// <summary>
/// The endpoints at which workers find the platform's stores. A host name without a dot in the S3 endpoint
/// (<c>http://s3-storage:9000</c>) is replaced by its address. AWS SDKs put the bucket in front of a host name, and no
/// resolver knows the result (<c>receipts.s3-storage</c>). With an address, they put the bucket into the path. Source:
/// the S3 endpoint rules of the SDKs, <c>url#isIp</c>.
/// </summary>
internal static class WorkerEndpoints
{
    private const string ObjectStore = "AWS_ENDPOINT_URL_S3";

    /// <returns>The environment variables for a worker that starts now.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ResolveAsync(
        IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.TryGetValue(ObjectStore, out var text)
            || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            || !IsBareName(endpoint.Host))
            return environment;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, AddressFamily.InterNetwork);
            return addresses.Length == 0
                ? environment
                : With(environment, new UriBuilder(endpoint) { Host = addresses[0].ToString() }.Uri);
        }
        catch (SocketException)
        {
            // The store is not running at the moment; a function that does not use it still works.
            return environment;
        }
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment, Uri endpoint) =>
        new(environment, StringComparer.Ordinal) { [ObjectStore] = endpoint.AbsoluteUri.TrimEnd('/') };

    private static bool IsBareName(string host) => !host.Contains('.', StringComparison.Ordinal)
        && !host.Contains(':', StringComparison.Ordinal)
        && host != "localhost";
}
