using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Environments;

/// <summary>
/// A home folder on a machine without an environment, with folders in which commands are run. When it is disposed,
/// everything that was started from it is stopped.
/// </summary>
internal sealed class Home : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-home-").FullName;
    private readonly Dictionary<string, string?> _environment;
    private readonly HttpClient _client = new() { Timeout = Waits.Longest };

    public Home() => _environment = new Dictionary<string, string?>
    {
        ["HOME"] = _root,
        ["NO_COLOR"] = "1",
        // The system's Python has the packages of AWS's runtime; that of a version manager does not.
        ["PATH"] = "/usr/bin:" + System.Environment.GetEnvironmentVariable("PATH"),
    };

    /// <summary>
    /// Ports for a first environment, because other programs on this machine may use the default ones.
    /// </summary>
    public IReadOnlyList<(string Name, string? Value)> FirstPorts { get; } =
        [.. new[] { "GATEWAY_PORT", "ADMIN_PORT", "RUNTIME_API_PORT", "STORES_PORT" }.Zip(
            FreePorts.Take(4), (name, port) => (name, (string?)$"{port}"))];

    public string First => $"http://127.0.0.1:{FirstPorts[0].Value}";

    public string At(string path) => Path.Combine(_root, path);

    /// <summary>Runs <c>esb</c> in a folder.</summary>
    public Task<CommandResult> EsbAsync(string folder, params string[] arguments) => EsbAsync(folder, [], arguments);

    /// <inheritdoc cref="EsbAsync(string, string[])"/>
    public Task<CommandResult> EsbAsync(
        string folder,
        IReadOnlyList<(string Name, string? Value)> more,
        params string[] arguments) =>
        Command.RunAsync(
            Binaries.Esb,
            arguments,
            Directory.CreateDirectory(At(folder)).FullName,
            _environment.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value))).GroupBy(p => p.Key)
                .ToDictionary(g => g.Key, g => g.Last().Value));

    /// <summary>Runs <c>esb</c>, and throws if that fails.</summary>
    public async Task<string> DoneAsync(string folder, params string[] arguments) =>
        await DoneAsync(folder, [], arguments);

    /// <inheritdoc cref="DoneAsync(string, string[])"/>
    public async Task<string> DoneAsync(
        string folder,
        IReadOnlyList<(string Name, string? Value)> more,
        params string[] arguments)
    {
        var result = await EsbAsync(folder, more, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"esb {string.Join(' ', arguments)}: {result}");
    }

    /// <summary>Writes a project with a function that answers with a text; returns the path of its template.</summary>
    public string Write(string folder, string name, string answer)
    {
        Directory.CreateDirectory(At($"{folder}/src"));
        File.WriteAllText(At($"{folder}/src/app.py"), Templates.Answer(answer));
        File.WriteAllText(At($"{folder}/template.yaml"), Templates.Function(name, $"/{name}"));
        return At($"{folder}/template.yaml");
    }

    public async Task<string> GetAsync(string url)
    {
        using var response = await _client.GetAsync(new Uri(url));
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync()
            : $"{(int)response.StatusCode}";
    }

    public async ValueTask DisposeAsync()
    {
        var environments = At(".local/state/esb");
        foreach (var name in Directory.Exists(environments)
            ? Directory.EnumerateDirectories(environments).Select(Path.GetFileName)
            : [])
            await EsbAsync("", "down", "--project", name!);
        _client.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
