using System.Globalization;
using System.Text.Json;
using Esb.Testing.Servers;
using TUnit.Core.Interfaces;

namespace Esb.Container.Tests.Platforms;

/// <summary>
/// A separate platform in containers: a Compose project with its own port, networks, volumes and configuration folder.
/// Everything is removed, however the tests end.
/// </summary>
public sealed class ContainerPlatform : IAsyncInitializer, IAsyncDisposable
{
    private static int _count;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-containers-").FullName;

    public ContainerPlatform()
    {
        var number = Interlocked.Increment(ref _count);
        Project = $"{Mode.Run}p{number}";
        Port = FreePorts.Take();
        ConfigurationFolder = Directory.CreateDirectory(Path.Combine(_root, "config")).FullName;
        Settings = new Dictionary<string, string?>
        {
            ["COMPOSE_PROJECT_NAME"] = Project,
            ["WORKERS_PREFIX"] = $"10.{100 + (number % 100)}",
            ["CONFIG_DIR"] = ConfigurationFolder,
            ["GATEWAY_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["ESB_STATE_DIR"] = Path.Combine(_root, "state"),
            ["ESB_MODE"] = Mode.Name,
            ["COMPOSE_FILE"] = string.Join(':', Mode.ComposeFiles),
            ["CONTAINER_REGISTRY"] = $"127.0.0.1:{FreePorts.Take()}",
            ["NO_COLOR"] = "1",
        };
        File.WriteAllText(EnvFile, "");
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = Waits.Longest };
    }

    public string Project { get; }

    public int Port { get; }

    public string ConfigurationFolder { get; }

    /// <summary>The environment of this platform; a test may change it before the platform starts.</summary>
    public IDictionary<string, string?> Settings { get; }

    public HttpClient Client { get; }

    private string EnvFile => Path.Combine(_root, ".env");

    public async Task InitializeAsync()
    {
        await StartRegistryAsync();
        var up = await UpAsync();
        if (up.ExitCode != 0)
            throw new InvalidOperationException($"docker compose up: {up}");
        await HealthyAsync();
    }

    /// <summary>containerd mode needs a registry before anything is built; it is not part of the platform.</summary>
    internal async Task StartRegistryAsync()
    {
        if (!Mode.IsContainerd)
            return;
        await AskDockerAsync("compose", "--profile", "registry", "up", "-d", "registry");
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await http.GetAsync($"http://{Settings["CONTAINER_REGISTRY"]}/v2/")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>The documented command, with an override file that some machines need.</summary>
    internal Task<CommandResult> UpAsync() => DockerAsync([
        "compose", .. Mode.ComposeFiles.SelectMany(f => new[] { "-f", f }), "--env-file", EnvFile, "up", "-d",
        .. Mode.Services,
    ]);

    /// <summary>Waits until the gateway answers and the agent listens.</summary>
    internal Task HealthyAsync() => Eventually.TrueAsync(
        async () => await IsHealthyAsync("gateway") && await IsHealthyAsync("agent"),
        () => $"{Project} did not become "
            + $"healthy:\n{DockerAsync("compose", "logs", "--no-color", "--tail", "40").GetAwaiter().GetResult()}");

    /// <summary>Runs <c>esb</c> against this platform, in its own folder.</summary>
    internal Task<CommandResult> EsbAsync(params string[] arguments) =>
        EsbAsync(new Dictionary<string, string?>(), arguments);

    internal Task<CommandResult> EsbAsync(IReadOnlyDictionary<string, string?> more, params string[] arguments) =>
        Command.RunAsync(Binaries.Esb, arguments, _root, With(more));

    /// <summary>Deploys in this run's mode, and throws if that fails.</summary>
    internal async Task<CommandResult> DeployAsync(string template, params string[] more)
    {
        var result = await EsbAsync(["deploy", "-t", template, "--env", Mode.Run, "--mode", Mode.Name, .. more]);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException($"esb deploy: {result}");
    }

    /// <summary>Runs <c>docker</c> with this platform's environment.</summary>
    internal Task<CommandResult> DockerAsync(params string[] arguments) =>
        Command.RunAsync("docker", arguments, Binaries.Repository, With(new Dictionary<string, string?>()));

    /// <summary>Runs <c>docker</c> and returns its output; throws if it fails.</summary>
    internal async Task<string> AskDockerAsync(params string[] arguments)
    {
        var result = await DockerAsync(arguments);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {result}");
    }

    /// <summary>
    /// Runs Python statements in the network of the functions, with boto3 clients of the stores (<c>d</c>, <c>s</c>)
    /// and of Lambda (<c>l</c>), because they have no port on this machine.
    /// </summary>
    internal Task<string> AskStoresAsync(string statements) => AskDockerAsync(
        "run",
        "--rm",
        "--network",
        $"{Project}_workers",
        "--env",
        "AWS_ACCESS_KEY_ID=esb",
        "--env",
        "AWS_SECRET_ACCESS_KEY=esb-on-this-machine",
        "--entrypoint",
        "python3",
        "esb-e2e/debian:1",
        "-c",
            "import boto3, json; c=lambda n, e: boto3.client(n, region_name='us-east-1', endpoint_url=e); "
                + "d=c('dynamodb', 'http://database:8000'); s=c('s3', 'http://s3-storage:9000'); l=c('lambda', "
                + $"'http://gateway:8080')\n{statements}");

    /// <summary>The container of a service.</summary>
    internal async Task<string> ContainerAsync(string service) =>
        await AskDockerAsync("compose", "ps", "--all", "--quiet", service);

    /// <summary>Ids of the workers that run for a function.</summary>
    internal async Task<IReadOnlyList<string>> WorkersAsync(string function)
    {
        var list = Mode.IsContainerd
            ? await AskDockerAsync(
                "compose",
                "exec",
                "-T",
                "runtime-node",
                "ctr",
                "--address",
                "/run/esb-node/containerd.sock",
                "--namespace",
                "esb",
                "tasks",
                "ls",
                "--quiet")
            : await AskDockerAsync(
                "ps", "--no-trunc", "--filter", $"network={Project}_workers", "--format", "{{.Names}}");
        return [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(n => n.StartsWith($"esb-{function}-", StringComparison.Ordinal))];
    }

    /// <summary>Ids of the workers that the gateway has for a function.</summary>
    internal async Task<IReadOnlyList<string>> KnownWorkersAsync(string function)
    {
        var status = await EsbAsync("status", "--json", "--mode", Mode.Name);
        using var document = JsonDocument.Parse(
            status.ExitCode == 0 ? status.Output : throw new InvalidOperationException($"esb status: {status}"));
        return [.. document.RootElement.GetProperty("workers").EnumerateArray()
            .Where(w => w.GetProperty("function").GetString() == function)
            .Select(w => w.GetProperty("description").GetString()!)
            .Where(d => d.StartsWith("container ", StringComparison.Ordinal))
            .Select(d => d["container ".Length..d.IndexOf(',', StringComparison.Ordinal)])];
    }

    /// <summary>The host names that those workers see.</summary>
    internal async Task<IReadOnlyList<string>> HostsAsync(string function)
    {
        var workers = await WorkersAsync(function);
        return Mode.IsContainerd
            ? workers
            : (await AskDockerAsync(
                "ps",
                "--filter",
                $"network={Project}_workers",
                "--filter",
                $"name=esb-{function}-",
                "--format",
                "{{.ID}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Writes a project with a template and its code; returns the path of the template.</summary>
    internal string Write(string name, string template, params (string Path, string Text)[] files)
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

    public async ValueTask DisposeAsync()
    {
        await DockerAsync("compose", "--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "15");
        Client.Dispose();
        // The files that the containers wrote belong to root, which runs these tests.
        Directory.Delete(_root, recursive: true);
    }

    private async Task<bool> IsHealthyAsync(string service)
    {
        var container = await ContainerAsync(service);
        return container.Length > 0
            && await AskDockerAsync("inspect", "--format", "{{.State.Health.Status}}", container) == "healthy";
    }

    private Dictionary<string, string?> With(IReadOnlyDictionary<string, string?> more)
    {
        var all = new Dictionary<string, string?>(Settings);
        foreach (var (key, value) in more)
            all[key] = value;
        return all;
    }
}
