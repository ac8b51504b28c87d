using Esb.Host.Files;

namespace Esb.Cli.Settings;

/// <summary>Where settings come from, the stronger first: command line, environment, <c>.env</c> file.</summary>
internal sealed class SettingSources(
    IReadOnlyDictionary<string, string> commandLine,
    Func<string, string?> environment,
    IReadOnlyDictionary<string, string> file)
{
    /// <summary>The file of the current folder.</summary>
    public const string UsualFile = ".env";

    /// <summary>What the <c>.env</c> file says, known setting or not.</summary>
    public IReadOnlyDictionary<string, string> File { get; } = file;

    /// <summary>Where that file is, absolute; null when there is none.</summary>
    public string? FilePath { get; private init; }

    /// <param name="commandLine">What options say, under the settings' names.</param>
    /// <param name="envFile">Null: <c>.env</c> in the current folder, if there is one.</param>
    /// <exception cref="CommandFailure">The file that was asked for is not there or cannot be read as one.</exception>
    public static SettingSources Read(IReadOnlyDictionary<string, string> commandLine, string? envFile)
    {
        var path = envFile ?? UsualFile;
        var isThere = Presence.IsAny(path);
        if (envFile is not null && !isThere)
            throw CommandFailure.Usage($"{envFile}: there is no such file", "check --env-file");
        if (OrdinaryFile.Instead(path) is { } other)
            throw CommandFailure.Usage(
                $"{path} is {other}, not a file of settings",
                envFile is null ? "remove or rename it" : "check --env-file");
        var file = isThere ? DotEnv.Parse(System.IO.File.ReadAllText(path), path) : new Dictionary<string, string>();
        return new SettingSources(commandLine, Environment.GetEnvironmentVariable, file)
        {
            FilePath = isThere ? Path.GetFullPath(path) : null,
        };
    }

    /// <summary>The same, with a value that is stronger than all.</summary>
    public SettingSources With(string name, string value) =>
        new(new Dictionary<string, string>(commandLine) { [name] = value }, environment, File) { FilePath = FilePath };

    /// <summary>The strongest value, or null; an empty one counts as not set.</summary>
    public string? this[string name] =>
        NotEmpty(commandLine.GetValueOrDefault(name))
            ?? NotEmpty(environment(name))
            ?? NotEmpty(File.GetValueOrDefault(name));

    /// <summary>Whether an option says it.</summary>
    public bool IsOnCommandLine(string name) => NotEmpty(commandLine.GetValueOrDefault(name)) is not null;

    public string Or(string name, string fallback) => this[name] ?? fallback;

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
