using Esb.Cli.Environments;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Environments;

/// <summary>A machine with folders of environments, as platforms leave them, and with settings.</summary>
internal sealed class Machine : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("esb-machine-").FullName;

    public Dictionary<string, string> Settings { get; } = [];

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>An environment whose platform was started once.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="mark">What a deploy marked it as; null if none did.</param>
    public Machine Started(string name, string? mark = null)
    {
        Directory.CreateDirectory(
            At($"state/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write($"state/{name}/format", "1\n");
        Write($"state/{name}/credentials", "");
        if (mark is not null)
            Write($"state/{name}/config/.environment", mark + "\n");
        return this;
    }

    /// <summary>The settings as a command with <c>--env</c> reads them.</summary>
    public PlatformSettings Read(string? environment, EnvironmentUse use = EnvironmentUse.Reach) =>
        EnvironmentChoice.Of(Sources(environment), use);

    public SettingSources Sources(string? environment = null)
    {
        var line = new Dictionary<string, string> { [SettingNames.StateDir] = At("state") };
        if (environment is not null)
            line[SettingNames.Environment] = environment;
        return new SettingSources(line, Settings.GetValueOrDefault, new Dictionary<string, string>());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
