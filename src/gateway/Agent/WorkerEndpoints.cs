using System.Net;
using System.Net.Sockets;

namespace Esb.Gateway.Agent;

/// <summary>
/// Where workers find the platform's stores. An S3 endpoint that is the bare name of a neighbour (<c>http://s3-storage:9000</c>) is given to
/// them by its address: to a name, AWS SDKs put the bucket in front (<c>receipts.s3-storage</c>), which no resolver knows; to an address, they
/// put it into the path. Source: the rules of S3's endpoints in the SDKs, <c>url#isIp</c>.
/// </summary>
internal static class WorkerEndpoints
{
    private const string ObjectStore = "AWS_ENDPOINT_URL_S3";

    /// <returns>The environment as it is to be given to a worker that starts now.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.TryGetValue(ObjectStore, out var text) || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || !IsNeighbour(endpoint.Host))
            return environment;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, AddressFamily.InterNetwork);
            return addresses.Length == 0
                ? environment
                : new Dictionary<string, string>(environment, StringComparer.Ordinal) { [ObjectStore] = new UriBuilder(endpoint) { Host = addresses[0].ToString() }.Uri.AbsoluteUri.TrimEnd('/') };
        }
        catch (SocketException)
        {
            // It is not there at this moment; a function that does not use it works all the same.
            return environment;
        }
    }

    private static bool IsNeighbour(string host) => !host.Contains('.', StringComparison.Ordinal) && !host.Contains(':', StringComparison.Ordinal) && host != "localhost";
}
