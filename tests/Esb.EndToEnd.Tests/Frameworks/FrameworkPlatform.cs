using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.Frameworks;

/// <summary>
/// A platform with applications of Node.js and Python frameworks behind an adapter each, each as a REST API and as an
/// HTTP API.
/// </summary>
public sealed class FrameworkPlatform : IAsyncInitializer, IAsyncDisposable
{
    private static readonly string Source = Path.Combine(
        Binaries.Repository, "tests", "Esb.EndToEnd.Tests", "Frameworks");

    private static readonly (string Name, string Language, string Handler, string Runtime)[] Applications =
    [
        ("express", "node", "express.handler", "nodejs20.x"),
        ("fastify", "node", "fastify.handler", "nodejs20.x"),
        ("flask", "python", "flask_app.handler", "python3.11"),
        ("starlette", "python", "starlette_app.handler", "python3.11"),
    ];

    // Flask and Starlette are packages of the machine.
    private readonly Platform _platform = new(("PYTHON_PACKAGES", "machine"));

    /// <summary>The first segment of each application's paths; one that ends in 2 is an HTTP API.</summary>
    public static IEnumerable<string> Prefixes => Applications.SelectMany(a => (string[])[a.Name, a.Name + "2"]);

    /// <summary>Follows no redirects, so that tests see what was sent.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _platform.InitializeAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_platform.GatewayPort}"),
            Timeout = Waits.Longest,
        };
        (string, string)[] files =
        [
            .. Files("node", "package.json", "package-lock.json", "express.js", "fastify.js"),
            .. Files("python", "flask_app.py", "starlette_app.py", "asgi_adapter.py"),
            ("python/serverless_wsgi.py", await WsgiAdapterAsync()),
        ];
        await _platform.DeployAsync(_platform.Write("frameworks", Template(), files));
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _platform.DisposeAsync();
    }

    private static IEnumerable<(string, string)> Files(string language, params string[] names) =>
        names.Select(name => ($"{language}/{name}", File.ReadAllText(Path.Combine(Source, language, name))));

    // Its Python part is in the npm package; on AWS, its users have it next to their code.
    private async Task<string> WsgiAdapterAsync()
    {
        var folder = Directory.CreateTempSubdirectory("esb-wsgi-").FullName;
        try
        {
            foreach (var name in (string[])["package.json", "package-lock.json"])
                File.Copy(Path.Combine(Source, "python", name), Path.Combine(folder, name));
            var result = await _platform.RunAsync(
                "npm",
                new Dictionary<string, string?>(),
                "ci",
                "--prefix",
                folder,
                "--ignore-scripts",
                "--no-audit",
                "--no-fund");
            return result.ExitCode == 0
                ? await File.ReadAllTextAsync(Path.Combine(
                    folder, "node_modules", "serverless-wsgi", "serverless_wsgi.py"))
                : throw new InvalidOperationException($"npm ci: {result}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Template() =>
        "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n"
            + string.Concat(Applications.Select(a =>
            $$"""
              {{a.Name}}:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: {{a.Name}}
                  CodeUri: {{a.Language}}/
                  Handler: {{a.Handler}}
                  Runtime: {{a.Runtime}}
                  Timeout: 30
                  MemorySize: 512
                  Events:
                    Rest: { Type: Api, Properties: { Path: '/{{a.Name}}/{proxy+}', Method: ANY } }
                    Http: { Type: HttpApi, Properties: { Path: '/{{a.Name}}2/{proxy+}', Method: ANY } }

            """));
}
