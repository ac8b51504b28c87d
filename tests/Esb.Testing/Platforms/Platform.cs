using Esb.Testing.Servers;
using TUnit.Core.Interfaces;

namespace Esb.Testing.Platforms;

/// <summary>
/// A separate platform: <c>esb up</c> with its own ports, state and configuration, and <c>esb down</c> at the end.
/// Everything is removed, however the tests end.
/// </summary>
public sealed class Platform : IAsyncInitializer, IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-e2e-").FullName;
    private readonly Dictionary<string, string?> _environment;

    public Platform()
        : this([])
    {
    }

    /// <summary>A platform whose processes get these additional variables.</summary>
    public Platform(params (string Name, string Value)[] settings)
    {
        var ports = FreePorts.Take(4);
        GatewayPort = ports[0];
        AdminPort = ports[1];
        RuntimeApiPort = ports[2];
        StoresPort = ports[3];
        _environment = new Dictionary<string, string?>
        {
            ["ESB_STATE_DIR"] = Path.Combine(_root, "state"),
            ["CONFIG_DIR"] = Path.Combine(_root, "config"),
            ["GATEWAY_PORT"] = $"{ports[0]}",
            ["ADMIN_PORT"] = $"{ports[1]}",
            ["RUNTIME_API_PORT"] = $"{ports[2]}",
            ["STORES_PORT"] = $"{ports[3]}",
            ["NO_COLOR"] = "1",
            // The system's Python has the packages of AWS's runtime; that of a version manager does not.
            ["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH"),
        };
        foreach (var (name, value) in settings)
            _environment[name] = value;
    }

    public int GatewayPort { get; }

    public int AdminPort { get; }

    public int RuntimeApiPort { get; }

    public int StoresPort { get; }

    public string ConfigurationFolder => _environment["CONFIG_DIR"]!;

    public string StateFolder => _environment["ESB_STATE_DIR"]!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts a platform, for a test that ends it itself.</summary>
    public static async Task<Platform> StartAsync()
    {
        var platform = new Platform();
        try
        {
            await platform.InitializeAsync();
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async Task InitializeAsync()
    {
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{GatewayPort}"), Timeout = Waits.Longest };
        var up = await EsbAsync("up");
        if (up.ExitCode != 0)
            throw new InvalidOperationException($"esb up: {up}");
    }

    /// <summary>Runs <c>esb</c> against this platform.</summary>
    public Task<CommandResult> EsbAsync(params string[] arguments) =>
        Command.RunAsync(Binaries.Esb, arguments, _root, _environment);

    /// <summary>Runs any program with this platform's environment.</summary>
    public Task<CommandResult> RunAsync(
        string program,
        IReadOnlyDictionary<string, string?> more,
        params string[] arguments) =>
        Command.RunAsync(program, arguments, _root, _environment.Concat(more).GroupBy(p => p.Key)
            .ToDictionary(g => g.Key, g => g.Last().Value));

    /// <summary>Writes a project with a template and its code; returns the path of the template.</summary>
    public string Write(string name, string template, params (string Path, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "projects", name)).FullName;
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), text);
        }

        var file = Path.Combine(folder, "template.yaml");
        File.WriteAllText(file, template);
        return file;
    }

    /// <summary>Deploys, and throws if that fails.</summary>
    public async Task<CommandResult> DeployAsync(string template, params string[] more)
    {
        var result = await EsbAsync(["deploy", "-t", template, "--env", "prod", .. more]);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException($"esb deploy: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        // A test may have disposed the platform before the framework does.
        if (!Directory.Exists(_root))
            return;
        await EsbAsync("down");
        Client?.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
