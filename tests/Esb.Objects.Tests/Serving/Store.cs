using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Testing.Servers;

namespace Esb.Objects.Tests.Serving;

/// <summary>Stores for one test: a folder, and a process on it that can be killed and restarted.</summary>
internal sealed class Store : IAsyncDisposable
{
    public const string AccessKey = "AKIDTEST";
    public const string Secret = "a secret of the tests";

    private readonly bool _isOpen;
    private ServerProcess _server;

    private Store(string folder, bool isOpen, ServerProcess server)
    {
        Root = folder;
        _isOpen = isOpen;
        _server = server;
        Client = NewClient(Secret);
    }

    /// <summary>The folder with all data.</summary>
    public string Root { get; }

    /// <summary>The folder with the objects.</summary>
    public string Folder => FolderOf(Root);

    public Uri Address => _server.Address;

    public int Port => _server.Port;

    public int ProcessId => _server.ProcessId;

    public AmazonS3Client Client { get; private set; }

    /// <param name="isOpen">Without credentials: requests need no signature.</param>
    public static async Task<Store> StartAsync(bool isOpen = false)
    {
        var folder = Directory.CreateTempSubdirectory("esb-objects").FullName;
        return new Store(folder, isOpen, await ServerProcess.StartAsync(StartOf(folder, isOpen)));
    }

    /// <summary>Kills the process with <c>kill -9</c> and starts another one on the same folder.</summary>
    public async Task KillAndStartAsync()
    {
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(StartOf(Root, _isOpen));
        Client.Dispose();
        Client = NewClient(Secret);
    }

    public AmazonS3Client NewClient(
        string secret,
        string accessKey = AccessKey,
        HttpClientFactory? http = null) => new(new BasicAWSCredentials(accessKey, secret), new AmazonS3Config
        {
            ServiceURL = Address.AbsoluteUri,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            HttpClientFactory = http,
        });

    public async Task<string> NewBucketAsync()
    {
        var name = $"bucket-{Guid.NewGuid().ToString("N")[..10]}";
        await Client.PutBucketAsync(name);
        return name;
    }

    /// <summary>The folder with the objects of a process that has its data in <paramref name="root"/>.</summary>
    public static string FolderOf(string root) => Path.Combine(root, "objects");

    public static ServerStart StartOf(
        string folder,
        bool isOpen = false) => new(Programs.Find("stores"), _ => [], port =>
    {
        var environment = new Dictionary<string, string>
        {
            ["STORES_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["STORES_DATA_DIR"] = folder,
        };
        if (!isOpen)
            (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) = (AccessKey, Secret);
        return environment;
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
