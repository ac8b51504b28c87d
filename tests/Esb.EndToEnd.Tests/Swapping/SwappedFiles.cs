using System.Globalization;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Swapping;

/// <summary>
/// The two files in version after version, written as a deploy writes them. Each version has new revisions of both
/// functions, and a route that changes between them, so that an answer shows whether it is from the wrong function, or
/// from an older revision than the one that was live when the request was sent.
/// </summary>
internal sealed class SwappedFiles
{
    private readonly Platform _platform;
    private readonly string _code;
    private readonly HttpClient _admin;
    private int _live;

    private SwappedFiles(Platform platform, string code)
    {
        _platform = platform;
        _code = code;
        _admin =
            new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{platform.AdminPort}"), Timeout = Waits.Longest };
    }

    /// <summary>The version that the gateway has confirmed.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>The version that may be served already.</summary>
    public int Written { get; private set; }

    public IReadOnlyList<string> Revisions => [$"one-{Live}", $"two-{Live}"];

    public static async Task<SwappedFiles> CreateAsync(Platform platform)
    {
        var code = Path.Combine(Path.GetDirectoryName(platform.StateFolder)!, "swapped", "code");
        Directory.CreateDirectory(code);
        await File.WriteAllTextAsync(
            Path.Combine(code, "app.py"),
            Templates.Handler("return {'statusCode': 200, 'body': os.environ['NAME'] + ' ' + os.environ['VERSION']}"));
        return new SwappedFiles(platform, code);
    }

    /// <summary>The function that serves the changing route in a version.</summary>
    public static string Turning(int version) => version % 2 == 0 ? "one" : "two";

    /// <summary>Writes a version and returns when it is served.</summary>
    public async Task SwapAsync(int version)
    {
        Written = version;
        string Function(string name) =>
            $"  {name}:\n    code: {_code}\n    runtime: python3.11\n    handler: app.handler\n    revision: "
                + $"{name}-{version}\n    timeout: 30\n"
                +
            $"    environment: {{ NAME: {name}, VERSION: '{version}' }}\n    scaling: {{ max_capacity: 2 }}\n";
        Replace("functions.yml", "functions:\n" + Function("one") + Function("two"));
        Replace("routing.yml", $"routes:\n  - {{ path: /one, function: one }}\n  - {{ path: /two, function: "
            + $"two }}\n  - {{ path: /turning, function: {Turning(version)} }}\n");
        using var answer = await _admin.PostAsync("/reload", null);
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var error = health.RootElement.GetProperty("configuration").GetProperty("error");
        if (error.ValueKind != JsonValueKind.Null)
            throw new InvalidOperationException(error.ToString());
        Volatile.Write(ref _live, version);
    }

    /// <summary>The processes that run this code, which their environment names.</summary>
    public static IReadOnlyList<int> WorkersOf(Platform platform) =>
        [
            .. PlatformProcesses.With($"LAMBDA_TASK_ROOT={Path.GetDirectoryName(platform.StateFolder)}/swapped/")
                .Select(p => p.Pid),
        ];

    /// <summary>
    /// Null if an answer is right for a request that was sent when <paramref name="liveBefore"/> was served.
    /// </summary>
    public string? Problem(string path, string answer, int liveBefore)
    {
        var parts = answer.Split(' ');
        if (parts.Length != 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var version))
            return $"{path} was answered with '{answer}'";
        // Answered by the version that was live when the request was sent, or by a later one: waiting events are passed
        // on to later revisions.
        if (version < liveBefore || version > Written)
            return $"{path} was answered by version {version} when {liveBefore} to {Written} was served";
        return path != "/turning" && parts[0] != path[1..] ? $"{path} was answered by {parts[0]}" : null;
    }

    private void Replace(string name, string text)
    {
        Directory.CreateDirectory(_platform.ConfigurationFolder);
        var path = Path.Combine(_platform.ConfigurationFolder, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
