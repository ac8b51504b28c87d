using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Upgrading;

/// <summary>
/// A platform with functions that return their name, one that writes its events into a file, and replaceable binaries.
/// </summary>
internal sealed class UpgradedPlatform : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-upgrade-").FullName;

    private UpgradedPlatform()
    {
        foreach (var binary in new[] { "esb-gateway", "esb-agent", "esb-stores", "esb-provisioner" })
            File.CreateSymbolicLink(Path.Combine(_folder, binary), Path.Combine(Gateways, binary));
        Platform = new Platform(("ESB_BIN_DIR", _folder));
    }

    public Platform Platform { get; }

    /// <summary>The events that the writing function has received, one in each line.</summary>
    public IReadOnlyList<string> Written => File.Exists(Notes) ? File.ReadAllLines(Notes) : [];

    private static string Gateways => Environment.GetEnvironmentVariable("UPGRADE_BINARIES") ?? Binaries.Folder;

    private string Notes => Path.Combine(_folder, "notes");

    public static async Task<UpgradedPlatform> CreateAsync(string schedules = "")
    {
        var platform = new UpgradedPlatform();
        await platform.Platform.InitializeAsync();
        await platform.ConfigureAsync(schedules);
        return platform;
    }

    /// <summary>Replaces a binary with a script, which the next start runs.</summary>
    public void Exchange(string binary, string script)
    {
        var path = Path.Combine(_folder, binary);
        File.Delete(path);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Puts the binary back.</summary>
    public void Restore(string binary)
    {
        File.Delete(Path.Combine(_folder, binary));
        File.CreateSymbolicLink(Path.Combine(_folder, binary), Path.Combine(Gateways, binary));
    }

    public async Task UpgradeAsync()
    {
        var upgraded = await Platform.EsbAsync("upgrade");
        if (upgraded.ExitCode != 0)
            throw new InvalidOperationException($"esb upgrade: {upgraded}");
    }

    /// <summary>The id of the process that serves, as its admin port reports it.</summary>
    public async Task<int> ServingAsync()
    {
        using var admin = new HttpClient();
        using var status = JsonDocument.Parse(
            await admin.GetStringAsync($"http://127.0.0.1:{Platform.AdminPort}/status"));
        return status.RootElement.GetProperty("pid").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ConfigureAsync(string schedules)
    {
        var code = Path.Combine(_folder, "code");
        Directory.CreateDirectory(code);
        await File.WriteAllTextAsync(Path.Combine(code, "app.py"), Templates.Handler(
            "return {'statusCode': 200, 'body': os.environ['NAME'] + ' ' + event['queryStringParameters']['number']}"));
        await File.WriteAllTextAsync(
            Path.Combine(code, "note.py"),
            Templates.Handler($"open('{Notes}', 'a').write(str(event['note']) + chr(10))", "time.sleep(0.05)"));
        string Function(string name, string handler, string more) =>
            $"  {name}:\n    code: {code}\n    runtime: python3.11\n    handler: {handler}.handler\n    revision: "
                + $"{name}\n    timeout: 30\n    environment: {{ NAME: {name} }}\n    scaling: {{ max_capacity: "
                + $"4 }}\n{more}";
        Directory.CreateDirectory(Platform.ConfigurationFolder);
        await File.WriteAllTextAsync(Path.Combine(Platform.ConfigurationFolder, "functions.yml"), "functions:\n"
            + Function("one", "app", "")
            + Function("two", "app", "")
            + Function("later", "note", schedules));
        await File.WriteAllTextAsync(
            Path.Combine(Platform.ConfigurationFolder, "routing.yml"),
            "routes:\n  - { path: /one, function: one }\n  - { path: /two, function: two }\n");
        using var admin = new HttpClient();
        using var reload = await admin.PostAsync($"http://127.0.0.1:{Platform.AdminPort}/reload", null);
    }
}
