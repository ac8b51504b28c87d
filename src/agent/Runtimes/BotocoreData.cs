using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Agent.Runtimes;

/// <summary>
/// Makes releases of boto3 before 1.28, which do not know <c>AWS_ENDPOINT_URL_…</c> (Debian 12 has 1.26), use the same
/// endpoints. They look for service data in the folders of <c>AWS_DATA_PATH</c> first, so an endpoint rule set for each
/// service is written there. Without the rule sets, a function with such a release would call the real AWS. The
/// function and its SDK are not modified.
/// </summary>
internal sealed class BotocoreData(string stateFolder)
{
    private static readonly (string Variable, string Service, string ApiVersion)[] Services =
    [
        ("AWS_ENDPOINT_URL_DYNAMODB", "dynamodb", "2012-08-10"),
        ("AWS_ENDPOINT_URL_LAMBDA", "lambda", "2015-03-31"),
        ("AWS_ENDPOINT_URL_S3", "s3", "2006-03-01"),
    ];

    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The folder for the endpoints in an environment; null when there are none.</summary>
    /// <exception cref="IOException">The state folder cannot be written to.</exception>
    public string? FolderFor(IDictionary<string, string> environment)
    {
        var named = Services.Where(service => environment.ContainsKey(service.Variable)).ToArray();
        if (named.Length == 0)
            return null;
        var key = string.Join('\n', named.Select(service => $"{service.Service} {environment[service.Variable]}"));
        return _folders.GetOrAdd(key, _ => Write(
            key, named.Select(service => (service.Service, service.ApiVersion, environment[service.Variable]))));
    }

    private string Write(string key, IEnumerable<(string Service, string ApiVersion, string Endpoint)> services)
    {
        var folder = Path.Combine(
            stateFolder, "botocore", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]);
        foreach (var (service, version, endpoint) in services)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, service, version)).FullName;
            // Another agent may write the same bytes at the same time, and a worker may read them, so each file must
            // appear complete.
            var made = Path.Combine(place, $".{Guid.NewGuid():N}");
            File.WriteAllText(made, BotocoreRules.For(endpoint, isObjectStore: service == "s3"));
            File.Move(made, Path.Combine(place, "endpoint-rule-set-1.json"), overwrite: true);
        }

        return folder;
    }
}
