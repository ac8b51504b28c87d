using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.Frameworks;

/// <summary>A platform with Express and Fastify behind an adapter each, each as a REST API and as an HTTP API.</summary>
public sealed class NodeFrameworks : IAsyncInitializer, IAsyncDisposable
{
    private static readonly (string Name, string Handler)[] Applications =
        [("express", "express.handler"), ("fastify", "fastify.handler")];

    private readonly Platform _platform = new();

    /// <summary>The first segment of each application's paths; what ends in 2 is an HTTP API.</summary>
    public static IEnumerable<string> Prefixes => Applications.SelectMany(a => (string[])[a.Name, a.Name + "2"]);

    /// <summary>Follows no redirect: what is sent is what is looked at.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _platform.InitializeAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_platform.GatewayPort}"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        var source = Path.Combine(Binaries.Repository, "tests", "Esb.EndToEnd.Tests", "Frameworks", "node");
        var files = ((string[])["package.json", "package-lock.json", "express.js", "fastify.js"]).Select(f => ("src/" + f, File.ReadAllText(Path.Combine(source, f))));
        await _platform.DeployAsync(_platform.Write("frameworks", Template(), [.. files]));
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _platform.DisposeAsync();
    }

    private static string Template() =>
        "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n" + string.Concat(Applications.Select(a =>
            $$"""
              {{a.Name.Replace("-", "", StringComparison.Ordinal)}}:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: {{a.Name}}
                  CodeUri: src/
                  Handler: {{a.Handler}}
                  Runtime: nodejs20.x
                  Timeout: 30
                  MemorySize: 512
                  Events:
                    Rest: { Type: Api, Properties: { Path: '/{{a.Name}}/{proxy+}', Method: ANY } }
                    Http: { Type: HttpApi, Properties: { Path: '/{{a.Name}}2/{proxy+}', Method: ANY } }

            """));
}
