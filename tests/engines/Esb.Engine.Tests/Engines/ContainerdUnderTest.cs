using System.Diagnostics;

namespace Esb.Engine.Tests.Engines;

/// <summary>
/// A separate containerd, with a bridge of this machine as the network of its workers, as in runtime-node.
/// </summary>
internal sealed class ContainerdUnderTest : IEngine
{
    private static readonly string Registry =
        Environment.GetEnvironmentVariable("REGISTRY_ADDRESS") is { Length: > 0 } named ? named : "127.0.0.1:5010";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _images = [];
    private readonly string _bridge;
    private Process? _process;

    private ContainerdUnderTest(string bridge) => _bridge = bridge;

    public (string Name, string Value)[] Settings =>
        [
            ("AGENT_BACKEND", "containerd"), ("CONTAINERD_ADDRESS", Socket),
            ("CONTAINERD_NETWORK_HOOK", Path.Combine(Run.Repository, "images", "runtime-node", "worker-network")),
        ];

    private string Socket => _folder.File("containerd.sock");

    public static async Task<ContainerdUnderTest> StartAsync()
    {
        // Names of interfaces have at most 15 characters; the network is one of 10.64.0.0/10 that nothing else is
        // likely to use.
        var number = Random.Shared.Next(64, 128);
        var engine = new ContainerdUnderTest($"esbt{Guid.NewGuid().ToString("N")[..8]}");
        var address = $"10.{number}.{Random.Shared.Next(0, 64) * 4}.1/22";
        await Tool.RunAsync("ip", "link", "add", engine._bridge, "type", "bridge");
        await Tool.RunAsync("ip", "address", "add", address, "dev", engine._bridge);
        await Tool.RunAsync("ip", "link", "set", engine._bridge, "up");
        await File.WriteAllTextAsync(engine._folder.File("network"), $"bridge={engine._bridge}\naddress={address}\n");
        await File.WriteAllTextAsync(engine._folder.File("config.toml"), $"""
            version = 2
            root = "{engine._folder.File("root")}"
            state = "{engine._folder.File("state")}"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "{engine.Socket}"
            [metrics]
              address = ""
            """);
        await engine.StartAgainAsync();
        return engine;
    }

    public (string Name, string Value) SettingOfSocket(string path) => ("CONTAINERD_ADDRESS", path);

    public async Task<string> OfferAsync(string image)
    {
        var name = $"{Registry}/{image}";
        await Tool.RunAsync("docker", "tag", image, name);
        _images.Add(name);
        await Tool.RunAsync("docker", "push", "--quiet", name);
        return name;
    }

    public async Task<string[]> OwnedAsync(string owner)
    {
        var containers = await ControlAsync("containers", "list", "--quiet", $"labels.\"esb.owner\"=={owner}");
        var snapshots = await ControlAsync("snapshots", "list");
        var tasks = await ControlAsync("tasks", "list", "--quiet");
        // Snapshots and tasks have the names of their containers.
        return [
            .. containers, .. snapshots.Where(word => word.StartsWith($"esb-{owner}", StringComparison.Ordinal)),
            .. tasks.Where(word => word.StartsWith($"esb-{owner}", StringComparison.Ordinal)),
        ];
    }

    /// <summary>Kills containerd, its shims and all containers at once, as when runtime-node is killed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        foreach (var folder in Directory.GetDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            if (CommandLine(folder) is var line
                && line.Contains("containerd-shim", StringComparison.Ordinal)
                && line.Contains(_folder.Path, StringComparison.Ordinal))
                await Tool.RunAsync("sh", "-c", $"kill -9 $(cat /proc/{Path.GetFileName(folder)}/task/*/children) "
                    + $"{Path.GetFileName(folder)} || true");
        }
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", $"exec containerd --config {_folder.File("config.toml")} >>{_folder.File("log")} 2>&1"]))!;
        await Eventually.TrueAsync(async () => _process.HasExited || await AnswersAsync());
        if (_process.HasExited)
            throw new InvalidOperationException(
                $"containerd did not start: {await File.ReadAllTextAsync(_folder.File("log"))}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Tool.RunAsync("ip", "link", "delete", _bridge);
        foreach (var image in _images)
            await Tool.RunAsync("docker", "image", "rm", image);
        await Tool.RunAsync(
            "sh", "-c", $"grep -o ' {_folder.Path}[^ ]*' /proc/mounts | sort -r | xargs -r -n 1 umount");
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ControlAsync("version");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private Task<string[]> ControlAsync(params string[] arguments) =>
        Tool.WordsAsync("ctr", ["--address", Socket, "--namespace", "esb", .. arguments]);

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
