using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>
/// A platform that serves one function at <c>/raw</c> as a REST API and at <c>/raw2</c> as an HTTP API, and nothing
/// else.
/// </summary>
public sealed class RawPlatform : IAsyncInitializer, IAsyncDisposable
{
    private const string Template =
        """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Raw:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: raw
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              Timeout: 30
              Events:
                Rest: { Type: Api, Properties: { Path: '/raw/{proxy+}', Method: ANY } }
                Http: { Type: HttpApi, Properties: { Path: '/raw2/{proxy+}', Method: ANY } }
        """;

    private readonly Platform _platform = new();

    public int GatewayPort => _platform.GatewayPort;

    public HttpClient Client => _platform.Client;

    public Uri Metrics => new($"http://127.0.0.1:{_platform.AdminPort}/metrics");

    public async Task InitializeAsync()
    {
        await _platform.InitializeAsync();
        var handler = Templates.Handler(
            "http = event.get('requestContext', {}).get('http')",
            "method = http['method'] if http else event.get('httpMethod', '')",
            "large = (event.get('queryStringParameters') or {}).get('large')",
            "return {'statusCode': 200, 'body': 'x' * int(large) if large else method}");
        await _platform.DeployAsync(_platform.Write("raw", Template, ("src/app.py", handler)));
    }

    /// <summary>The process id of the gateway.</summary>
    public async Task<int> ProcessIdAsync()
    {
        using var status = JsonDocument.Parse(
            await Client.GetStringAsync($"http://127.0.0.1:{_platform.AdminPort}/status"));
        return status.RootElement.GetProperty("pid").GetInt32();
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();
}
