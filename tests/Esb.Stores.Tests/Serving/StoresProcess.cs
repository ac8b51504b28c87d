using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Esb.Testing.Servers;

namespace Esb.Stores.Tests.Serving;

/// <summary>Stores for one test: a folder, and a process on it that can be killed and restarted.</summary>
internal sealed class StoresProcess : IAsyncDisposable
{
    public const string AccessKey = "AKIDTEST";
    public const string Secret = "a secret of the tests";
    public const string Region = "eu-west-1";

    private readonly bool _isOpen;
    private ServerProcess _server;

    private StoresProcess(string folder, bool isOpen, ServerProcess server)
    {
        Folder = folder;
        _isOpen = isOpen;
        _server = server;
    }

    public static string Program => Programs.Find("stores");

    public string Folder { get; }

    public Uri Address => _server.Address;

    public int ProcessId => _server.ProcessId;

    public string Log => _server.Log;

    /// <param name="isOpen">Without credentials: requests need no signature.</param>
    public static async Task<StoresProcess> StartAsync(bool isOpen = false)
    {
        var folder = Directory.CreateTempSubdirectory("esb-stores").FullName;
        return new StoresProcess(folder, isOpen, await ServerProcess.StartAsync(StartOf(folder, isOpen)));
    }

    /// <summary>Kills the process with <c>kill -9</c> and starts another one on the same folder.</summary>
    public async Task KillAndStartAsync()
    {
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(StartOf(Folder, _isOpen));
    }

    /// <summary>Stops the process with SIGTERM and returns its exit code.</summary>
    public Task<int> StopAsync() => _server.StopAsync();

    public AmazonDynamoDBClient NewClient(
        string secret = Secret, string accessKey = AccessKey, HttpClientFactory? http = null) =>
        new(new BasicAWSCredentials(accessKey, secret), new AmazonDynamoDBConfig
        {
            ServiceURL = Address.AbsoluteUri,
            AuthenticationRegion = Region,
            MaxErrorRetry = 0,
            HttpClientFactory = http,
        });

    /// <summary>A request of JSON without a signature.</summary>
    public HttpRequestMessage NewRequest(string operation, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        return request;
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public static ServerStart StartOf(string folder, bool isOpen) => new(Program, _ => [], port =>
    {
        var environment = new Dictionary<string, string>
        {
            ["STORES_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["STORES_DATA_DIR"] = folder,
            ["AWS_REGION"] = Region,
        };
        if (!isOpen)
            (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) = (AccessKey, Secret);
        return environment;
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
