using Esb.Benchmarks.Load;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Stores;

/// <summary>A server of tables with the items that the operations need.</summary>
internal sealed class StoreServer : IDisposable
{
    private readonly Server _server;
    private readonly string? _folder;

    private StoreServer(string name, Server server, string? folder)
    {
        Name = name;
        _server = server;
        _folder = folder;
    }

    public string Name { get; }

    public double StartMilliseconds => _server.StartMilliseconds;

    public double ResidentMemory => _server.ResidentMemory;

    /// <summary>ESB's stores; each write is on the disk before it is answered.</summary>
    public static StoreServer Esb(Setting setting)
    {
        var folder = Directory.CreateTempSubdirectory("esb-bench-stores").FullName;
        var port = Server.FreePort();
        return Filled("esb-stores", folder, Server.Start(
            setting.Binary("esb-stores"),
            [],
            new Dictionary<string, string> { ["STORES_LISTEN"] = $"127.0.0.1:{port}", ["STORES_DATA_DIR"] = folder },
            port,
            "/"));
    }

    /// <summary>
    /// The alternatives that a user has, if they are on this machine. None of them waits for the disk.
    /// </summary>
    public static IEnumerable<Func<StoreServer>> Others()
    {
        var dynalite = Environment.GetEnvironmentVariable("ESB_BENCH_DYNALITE")
            ?? "artifacts/benchmarks/peers/node_modules/dynalite/cli.js";
        if (File.Exists(dynalite))
            yield return () => Dynalite(dynalite);
        else
            Console.Error.WriteLine($"stores: no dynalite at {dynalite}; set ESB_BENCH_DYNALITE to its cli.js");
        var local = Environment.GetEnvironmentVariable("ESB_BENCH_DYNAMODB_LOCAL");
        if (local is not null && File.Exists(Path.Combine(local, "DynamoDBLocal.jar")))
            yield return () => DynamoDbLocal(local);
        else
            Console.Error.WriteLine(
                "stores: no DynamoDB Local; set ESB_BENCH_DYNAMODB_LOCAL to the folder of DynamoDBLocal.jar");
    }

    /// <summary>Whether the server has the operation; dynalite has no transactions.</summary>
    public bool Knows(StoreOperation operation)
    {
        using var client = new RawClient(_server.Port);
        return client.Send(StoreRequests.Of(operation, client: 0, number: -1)) == 200
            || !client.Content.Contains("UnknownOperationException", StringComparison.Ordinal);
    }

    /// <summary>Runs clients that repeat one operation.</summary>
    public LoadResult Run(StoreOperation operation, int clients, TimeSpan duration) => HttpLoad.Run(
        _server.Port, clients, duration, (client, number) => StoreRequests.Of(operation, client, number));

    public void Dispose()
    {
        _server.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static StoreServer Dynalite(string path)
    {
        var folder = Directory.CreateTempSubdirectory("esb-bench-dynalite").FullName;
        var port = Server.FreePort();
        return Filled("dynalite", folder, Server.Start(
            "node",
            [path, "--host", "127.0.0.1", "--port", $"{port}", "--path", folder, "--createTableMs", "0"],
            new Dictionary<string, string>(),
            port,
            "/"));
    }

    private static StoreServer DynamoDbLocal(string folder)
    {
        var port = Server.FreePort();
        return Filled("DynamoDB Local", null, Server.Start(
            "java",
            [
                $"-Djava.library.path={Path.Combine(folder, "DynamoDBLocal_lib")}", "-jar",
                Path.Combine(folder, "DynamoDBLocal.jar"), "-inMemory", "-sharedDb", "-port", $"{port}",
            ],
            new Dictionary<string, string>(),
            port,
            readyPath: null));
    }

    private static StoreServer Filled(string name, string? folder, Server server)
    {
        using var client = Connect(server.Port);
        Require(client, StoreRequests.Request("CreateTable", StoreRequests.CreateTable));
        while (!Describe(client).Contains("ACTIVE", StringComparison.Ordinal))
            Thread.Sleep(5);
        for (var partition = 0; partition < StoreRequests.Partitions; partition++)
        {
            for (var from = 0; from < StoreRequests.ItemsOfPartition; from += StoreRequests.ItemsOfBatch)
                Require(client, StoreRequests.Filling(partition, from));
        }

        return new StoreServer(name, server, folder);
    }

    // DynamoDB Local has no request that shows that it is ready.
    private static RawClient Connect(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new RawClient(port);
            }
            catch (System.Net.Sockets.SocketException) when (attempt < 600)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static string Describe(RawClient client)
    {
        Require(client, StoreRequests.Request("DescribeTable", """{"TableName": "bench"}"""));
        return client.Content;
    }

    private static void Require(RawClient client, byte[] request)
    {
        if (client.Send(request) is var status and not 200)
            throw new InvalidOperationException($"a request was answered {status}: {client.Content}");
    }
}
