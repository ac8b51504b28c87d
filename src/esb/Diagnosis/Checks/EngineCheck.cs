using System.Text.Json;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Gateway;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A service of the platform's Compose project.</summary>
/// <param name="Name">The name in the Compose file.</param>
/// <param name="State">The state, as Compose calls it: running, restarting, exited …</param>
/// <param name="Health">healthy, unhealthy, starting, or empty without a health check.</param>
internal sealed record ServiceReading(string Name, string State, string Health);

/// <summary>The container engine and the platform in it.</summary>
/// <param name="Mode">Docker or containerd.</param>
/// <param name="Server">The engine's version; null when it does not answer.</param>
/// <param name="Reason">Why it does not answer.</param>
/// <param name="Compose">Compose's version; null when it is missing.</param>
/// <param name="Buildx">Buildx's version; null when it is missing.</param>
/// <param name="Containerd">The version of containerd in runtime-node; null when it does not answer.</param>
/// <param name="Registry">The problem of the registry, or null; only in containerd mode.</param>
/// <param name="Services">The services of the platform; null when Compose failed.</param>
/// <param name="ComposeReason">Why Compose failed.</param>
internal sealed record EngineReading(
    PlatformMode Mode,
    string? Server,
    string? Reason,
    string? Compose,
    string? Buildx,
    string? Containerd,
    string? Registry,
    IReadOnlyList<ServiceReading>? Services,
    string? ComposeReason);

/// <summary>Checks that the engine answers and is new enough, and that the platform's containers run.</summary>
internal static class EngineCheck
{
    private const string Name = "engine";
    private const int OldestServer = 20;

    private static readonly Version OldestCompose = new(2, 24);

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await new Reader(platform).ReadAsync(cancellationToken));

    public static IEnumerable<Finding> Of(EngineReading engine)
    {
        if (engine.Server is not { } server)
        {
            yield return Finding.Fail(
                Name,
                $"the Docker Engine does not answer: {engine.Reason}",
                "start it (sudo systemctl start docker), join the group of its socket, or set DOCKER_HOST");
            yield break;
        }

        var old = int.TryParse(server.Split('.')[0], out var major) && major < OldestServer;
        yield return old
            ? Finding.Fail(Name, $"Docker Engine {server}", "20.10 or newer is needed")
            : Finding.Ok(Name, $"Docker Engine {server}");
        yield return OfCompose(engine.Compose);
        yield return engine.Buildx is { } buildx ? Finding.Ok(Name, $"Buildx {buildx}") : Finding.Fail(
            Name,
            "docker has no buildx, which builds the images of functions",
            "install docker-buildx-plugin (docker-buildx on Debian)");
        foreach (var finding in OfServices(engine))
            yield return finding;
        if (engine.Mode == PlatformMode.Containerd
            && engine.Services?.Any(service => service is { Name: "runtime-node", State: "running" }) == true)
            yield return engine.Containerd is { } version
                ? Finding.Ok(Name, $"containerd {version} in runtime-node")
                : Finding.Fail(Name, "containerd in runtime-node does not answer", "docker compose logs runtime-node");
        if (engine.Mode == PlatformMode.Containerd && engine.Registry is { } registry)
            yield return Finding.Fail(Name, registry, "start one: docker compose -f docker-compose.containerd.yml "
                + "--profile registry up -d registry, or set CONTAINER_REGISTRY");
    }

    private static Finding OfCompose(string? compose)
    {
        const string Advice = "install docker-compose-plugin 2.24 or newer";
        if (compose is null)
            return Finding.Fail(Name, "docker has no compose", Advice);
        return Version.TryParse(compose.TrimStart('v').Split('-', '+')[0], out var version) && version < OldestCompose
            ? Finding.Fail(Name, $"Compose {compose}", Advice)
            : Finding.Ok(Name, $"Compose {compose}");
    }

    private static IEnumerable<Finding> OfServices(EngineReading engine)
    {
        if (engine.Services is not { } services)
        {
            yield return Finding.Fail(
                Name,
                engine.ComposeReason ?? "Compose does not report what is running",
                "run esb where the platform's Compose file is, or name it with COMPOSE_FILE");
            yield break;
        }

        if (services.Count == 0)
            yield return Finding.Ok(Name, "the platform has no container (docker compose up -d starts them)");
        foreach (var service in services.Where(service => service.State != "running"))
            yield return Finding.Fail(
                Name,
                $"{service.Name} is {service.State}",
                $"docker compose logs {service.Name} says why; docker compose up -d starts it");
        foreach (var service in services.Where(service => service is { State: "running", Health: "unhealthy" }))
            yield return Finding.Fail(
                Name, $"{service.Name} is running but unhealthy", $"docker compose logs {service.Name}");
        var fine = services.Where(service => service is { State: "running", Health: not "unhealthy" })
            .Select(service => service.Name).ToList();
        if (fine.Count > 0)
            yield return Finding.Ok(Name, $"running: {string.Join(", ", fine)}");
    }

    /// <summary>Asks the docker command, Compose and the registry.</summary>
    private sealed class Reader(DiagnosedPlatform platform)
    {
        private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

        private readonly DockerEngine _engine = new();

        public async Task<EngineReading> ReadAsync(CancellationToken cancellationToken)
        {
            var mode = platform.Settings.Mode;
            var nothing = new EngineReading(mode, null, null, null, null, null, null, null, null);
            try
            {
                var server = await _engine.RunAsync(["version", "--format", "{{.Server.Version}}"], cancellationToken);
                if (!server.Succeeded)
                    return nothing with { Reason = server.Reason };
                var compose = _engine.RunAsync(["compose", "version", "--short"], cancellationToken);
                var buildx = _engine.RunAsync(["buildx", "version"], cancellationToken);
                var services = ServicesAsync(cancellationToken);
                var registry =
                    mode == PlatformMode.Containerd ? RegistryAsync(cancellationToken) : Task.FromResult<string?>(null);
                var containerd = mode == PlatformMode.Containerd
                    ? ContainerdAsync(cancellationToken)
                    : Task.FromResult<string?>(null);
                var (found, reason) = await services;
                return new EngineReading(
                    mode,
                    server.First,
                    null,
                    First(await compose),
                    First(await buildx)?.Split(' ').ElementAtOrDefault(1),
                    await containerd,
                    await registry,
                    found,
                    reason);
            }
            catch (CommandFailure e)
            {
                return nothing with { Reason = e.Message };
            }
        }

        private static string? First(DockerResult result) => result.Succeeded ? result.First : null;

        private DockerCall Call(params ReadOnlySpan<string> command)
        {
            var project = ComposeProject.Of(platform.Settings, platform.Settings.Mode);
            return new DockerCall(project.Command(command)) { Environment = project.Environment };
        }

        private async Task<(IReadOnlyList<ServiceReading>? Services, string? Reason)> ServicesAsync(
            CancellationToken cancellationToken)
        {
            try
            {
                var result = await _engine.RunAsync(Call("ps", "--all", "--format", "json"), cancellationToken);
                return result.Succeeded ? ([.. Services(result.Output)], null) : (null, result.Reason);
            }
            catch (CommandFailure e)
            {
                return (null, e.Message);
            }
        }

        // Compose prints one object per line; older versions print a single list.
        private static IEnumerable<ServiceReading> Services(IReadOnlyList<string> lines)
        {
            foreach (var line in lines.Where(line => line.Length > 0))
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                foreach (var service in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
                    yield return new ServiceReading(
                        service.GetProperty("Service").GetString()!,
                        service.GetProperty("State").GetString()!,
                        service.GetProperty("Health").GetString() ?? "");
            }
        }

        private async Task<string?> ContainerdAsync(CancellationToken cancellationToken)
        {
            try
            {
                const string Socket = "/run/esb-node/containerd.sock";
                var call = Call("exec", "--no-TTY", "runtime-node", "ctr", "--address", Socket, "version");
                var result = await _engine.RunAsync(call, cancellationToken);
                var version = result.Output.LastOrDefault(l => l.Contains("Version:", StringComparison.Ordinal));
                return result.Succeeded ? version?.Split(':')[1].Trim() : null;
            }
            catch (CommandFailure)
            {
                return null;
            }
        }

        // Docker Registry HTTP API V2: /v2/ answers 200, or 401 without credentials.
        private async Task<string?> RegistryAsync(CancellationToken cancellationToken)
        {
            var registry = platform.Settings.Containers.Registry;
            using var http = LocalHttp.Create();
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Timeout);
            try
            {
                using var response = await http.GetAsync(
                    new Uri($"http://{registry.Split('/')[0]}/v2/"), timeout.Token);
                return (int)response.StatusCode is 200 or 401
                    ? null
                    : $"the registry {registry} answers {(int)response.StatusCode}";
            }
            catch (HttpRequestException)
            {
                return $"the registry {registry} does not answer";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"the registry {registry} does not answer";
            }
        }
    }
}
