using System.Text.Json;
using Esb.Cli.Building;
using Esb.Cli.Compose;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Gateway;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks the docker command, Compose and the registry.</summary>
internal sealed class EngineReader(Patient patient)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly DockerEngine _engine = new();

    public async Task<EngineReading> ReadAsync(CancellationToken cancellationToken)
    {
        var mode = patient.Settings.Mode;
        var nothing = new EngineReading(mode, null, null, null, null, null, null, null, null);
        try
        {
            var server = await _engine.RunAsync(["version", "--format", "{{.Server.Version}}"], cancellationToken);
            if (!server.Succeeded)
                return nothing with { Reason = server.Reason };
            var compose = _engine.RunAsync(["compose", "version", "--short"], cancellationToken);
            var buildx = _engine.RunAsync(["buildx", "version"], cancellationToken);
            var services = ServicesAsync(cancellationToken);
            var registry = mode == "containerd" ? RegistryAsync(cancellationToken) : Task.FromResult<string?>(null);
            var containerd = mode == "containerd" ? ContainerdAsync(cancellationToken) : Task.FromResult<string?>(null);
            var (found, reason) = await services;
            return new EngineReading(mode, server.First, null, First(await compose), First(await buildx)?.Split(' ').ElementAtOrDefault(1), await containerd, await registry, found, reason);
        }
        catch (CommandFailure e)
        {
            return nothing with { Reason = e.Message };
        }
    }

    private static string? First(DockerResult result) => result.Succeeded ? result.First : null;

    private DockerCall Call(params ReadOnlySpan<string> command)
    {
        var project = ComposeProject.Of(patient.Settings, patient.Settings.Mode);
        return new DockerCall(project.Command(command)) { Environment = project.Environment };
    }

    private async Task<(IReadOnlyList<ServiceReading>? Services, string? Reason)> ServicesAsync(CancellationToken cancellationToken)
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

    // One object a line, in older versions one list.
    private static IEnumerable<ServiceReading> Services(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            foreach (var service in document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement])
                yield return new ServiceReading(service.GetProperty("Service").GetString()!, service.GetProperty("State").GetString()!, service.GetProperty("Health").GetString() ?? "");
        }
    }

    private async Task<string?> ContainerdAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await _engine.RunAsync(Call("exec", "--no-TTY", "runtime-node", "ctr", "--address", "/run/esb-node/containerd.sock", "version"), cancellationToken);
            return result.Succeeded ? result.Output.LastOrDefault(line => line.Contains("Version:", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    // Docker Registry HTTP API V2: /v2/ answers 200, or 401 to those who must say who they are.
    private async Task<string?> RegistryAsync(CancellationToken cancellationToken)
    {
        var registry = patient.Settings.Containers.Registry;
        using var http = LocalHttp.Create();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.GetAsync(new Uri($"http://{registry.Split('/')[0]}/v2/"), patience.Token);
            return (int)response.StatusCode is 200 or 401 ? null : $"the registry {registry} answers {(int)response.StatusCode}";
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
