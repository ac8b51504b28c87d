using System.Globalization;
using System.Text;
using Esb.Testing.Servers;

namespace Esb.Docs.Tests.Commands;

/// <summary>
/// Follows a page: runs its commands in order in one shell, in a fresh folder with the content of a download, with its
/// own home, ports and platform. Everything is removed, however it ends.
/// </summary>
internal sealed class PageRun : IAsyncDisposable
{
    // The files next to the binaries in a download.
    private static readonly string[] Delivered =
        ["examples", "schemas", ".env.example", "docker-compose.docker.yml", "docker-compose.containerd.yml"];

    private static readonly (int Shown, string Name)[] Ports =
        [(8080, "gateway"), (9002, "admin"), (9001, "runtime_api"), (9000, "object_store")];

    private readonly string _root = Directory.CreateTempSubdirectory("esb-docs-").FullName;
    private readonly Dictionary<string, string?> _environment;
    private readonly List<(string Shown, string Own)> _addresses;

    public PageRun()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root, "esb")).FullName;
        foreach (var name in Delivered)
            Copy(Path.Combine(Repository.Root, name), Path.Combine(Folder, name));
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/";
        _environment = new Dictionary<string, string?>
        {
            ["HOME"] = _root,
            ["PATH"] = $"{Binaries.Folder}:/usr/bin:{Environment.GetEnvironmentVariable("PATH")}",
            ["NO_COLOR"] = "1",
            // npm uses the settings and the cache of the machine, not those of the page's home.
            ["npm_config_userconfig"] = Path.Combine(home, ".npmrc"),
            ["npm_config_cache"] = Path.Combine(home, ".npm"),
        };
        var ports = Ports.Zip(FreePorts.Take(Ports.Length), (port, own) => (port.Shown, port.Name, Own: own)).ToList();
        _addresses = [.. ports.Select(port => ($"127.0.0.1:{port.Shown}", $"127.0.0.1:{port.Own}"))];
        // In the form in which an environment stores its ports. Further environments that a page starts get other
        // ports.
        var state = Directory.CreateDirectory(
            Path.Combine(_root, ".local/state/esb/default"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.WriteAllText(
            Path.Combine(state, "environment.json"),
            "{\"ports\": {" + string.Join(", ", ports.Select(port => $"\"{port.Name}\": {port.Own}")) + "}}");
    }

    /// <summary>The folder in which the commands are run.</summary>
    public string Folder { get; }

    /// <summary>Runs the commands until one has another exit code than the page says.</summary>
    /// <returns>The differences from the page; empty if there are none.</returns>
    public async Task<IReadOnlyList<string>> FollowAsync(IReadOnlyList<PageCommand> commands)
    {
        // A page that starts the platform itself finds none; every other page finds one running.
        if (!commands.Any(command => command.Text.StartsWith("esb up", StringComparison.Ordinal))
            && await EsbAsync("up") is { ExitCode: not 0 } up)
            return [$"esb up: {up}"];
        var file = Path.Combine(_root, "page.sh");
        await File.WriteAllTextAsync(file, Script(commands));
        var shell = await Command.RunAsync("bash", [file], Folder, _environment);
        List<string> wrong = [];
        for (var number = 0; number < commands.Count; number++)
        {
            var command = commands[number];
            if (!File.Exists(Result(number, "code")))
                return [.. wrong, $"{command}: was not typed: {shell}"];
            var output = Shown(await File.ReadAllTextAsync(Result(number, "out")));
            var code = (await File.ReadAllTextAsync(Result(number, "code"))).Trim();
            if (code != $"{command.ExitCode}")
                return [.. wrong, $"{command}: exit code {code} instead of {command.ExitCode}\n{output}"];
            if (command.Output is { } shown
                && Shape.Differences(shown, output.Split('\n')) is { Count: > 0 } differences)
                wrong.Add($"{command}:\n  {string.Join("\n  ", differences)}");
        }

        return wrong;
    }

    /// <summary>Stops the platform, as a reader does at the end.</summary>
    /// <returns>The processes that are still running.</returns>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await EsbAsync("down");
        return [.. PlatformProcesses.With(_root).Select(process => $"{process.Name} ({process.Pid}) is left")];
    }

    public async ValueTask DisposeAsync()
    {
        await EsbAsync("down");
        foreach (var (pid, _) in PlatformProcesses.With(_root))
            await PlatformProcesses.SignalAsync(pid, "KILL");
        Directory.Delete(_root, recursive: true);
    }

    // One shell, so that the current folder and variables stay for the following commands.
    private string Script(IReadOnlyList<PageCommand> commands)
    {
        var script = new StringBuilder("set -o pipefail\n");
        for (var number = 0; number < commands.Count; number++)
        {
            script.Append(
                CultureInfo.InvariantCulture,
                $"{{\n{Own(commands[number].Text)}\n}} >'{Result(number, "out")}' 2>&1 </dev/null\n");
            script.Append(CultureInfo.InvariantCulture, $"code=$?; echo $code >'{Result(number, "code")}'; "
                + $"[ $code = {commands[number].ExitCode} ] || exit 1\n");
        }

        return script.ToString();
    }

    private string Result(int number, string kind) => Path.Combine(_root, $"{number}.{kind}");

    private string Own(string text) =>
        _addresses.Aggregate(text, (t, address) => t.Replace(address.Shown, address.Own, StringComparison.Ordinal));

    private string Shown(string text) =>
        _addresses.Aggregate(text, (t, address) => t.Replace(address.Own, address.Shown, StringComparison.Ordinal))
            .Replace(_root, "~", StringComparison.Ordinal);

    private Task<CommandResult> EsbAsync(string command) =>
        Command.RunAsync(Binaries.Esb, [command], Folder, _environment);

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var entry in Directory.EnumerateFileSystemEntries(from)
            .Where(entry => Path.GetFileName(entry) is not ("node_modules" or ".esb")))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
