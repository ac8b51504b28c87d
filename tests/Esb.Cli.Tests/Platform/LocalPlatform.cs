using Esb.Cli.Commands;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Testing.Servers;

namespace Esb.Cli.Tests.Platform;

/// <summary>
/// A platform of real processes on free ports in its own folder; the binaries are stand-ins (Parts/part.py).
/// </summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-cli-").FullName;
    private readonly Dictionary<string, string> _values;

    public LocalPlatform()
    {
        Binaries = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        foreach (var name in new[] { "esb-gateway", "esb-agent", "esb-stores" })
        {
            File.Copy(
                Path.Combine(AppContext.BaseDirectory, "Platform", "Parts", "part.py"), Path.Combine(Binaries, name));
            File.SetUnixFileMode(Path.Combine(Binaries, name), Executable);
        }

        var ports = FreePorts.Take(4);
        _values = new Dictionary<string, string>
        {
            [SettingNames.StateDir] = Path.Combine(_folder, "state"),
            [SettingNames.BinDir] = Binaries,
            [SettingNames.ConfigDir] = Path.Combine(_folder, "config"),
            [SettingNames.GatewayPort] = $"{ports[0]}",
            [SettingNames.RuntimeApiPort] = $"{ports[1]}",
            [SettingNames.AdminPort] = $"{ports[2]}",
            [SettingNames.StoresPort] = $"{ports[3]}",
        };
    }

    public string Binaries { get; }

    public PlatformSettings Settings => PlatformSettings.Read(new SettingSources(
        new Dictionary<string, string>(), _ => null, _values.Where(v => v.Value.Length > 0).ToDictionary()));

    public PlatformState State => PlatformState.Read(Settings.State)!;

    /// <summary>A <c>.env</c> file with all settings, for the whole command.</summary>
    public string EnvFile
    {
        get
        {
            var path = Path.Combine(_folder, "test.env");
            var text = string.Concat(_values.Select(v => DotEnv.Line(v.Key, v.Value)));
            // A command that is running must not find the file empty.
            if (!File.Exists(path) || File.ReadAllText(path) != text)
                File.WriteAllText(path, text);
            return path;
        }
    }

    public LocalPlatform With(string name, string value)
    {
        _values[name] = value;
        return this;
    }

    public Task<Run> UpAsync() => RunAsync("up", "--env-file", EnvFile);

    public Task<Run> DownAsync() => RunAsync("down", "--env-file", EnvFile);

    public Task<Run> AskAsync(params string[] args) => RunAsync([.. args, "--env-file", EnvFile]);

    public static async Task<Run> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(
            args, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return new Run(code, output.ToString(), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal sealed record Run(int ExitCode, string Output, string Error);
}
