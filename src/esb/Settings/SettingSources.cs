using Esb.Host.Files;

namespace Esb.Cli.Settings;

/// <summary>The sources of settings, the strongest first: command line, environment, <c>.env</c> file.</summary>
internal sealed class SettingSources(
    IReadOnlyDictionary<string, string> commandLine,
    Func<string, string?> environment,
    IReadOnlyDictionary<string, string> file)
{
    /// <summary>The file of the current folder.</summary>
    public const string DefaultFile = ".env";

    /// <summary>The variables of the <c>.env</c> file, known settings or not.</summary>
    public IReadOnlyDictionary<string, string> File { get; } = file;

    /// <summary>The absolute path of that file; null if there is none.</summary>
    public string? FilePath { get; private init; }

    /// <param name="commandLine">The values of options, by the names of their settings.</param>
    /// <param name="envFile">The named file; null for <c>.env</c> in the current folder, if it exists.</param>
    /// <exception cref="CommandFailure">The named file does not exist or cannot be read.</exception>
    public static SettingSources Read(IReadOnlyDictionary<string, string> commandLine, string? envFile)
    {
        var path = envFile ?? DefaultFile;
        var isThere = ExistenceCheck.IsAny(path);
        if (envFile is not null && !isThere)
            throw CommandFailure.Usage($"{envFile}: there is no such file", "check --env-file");
        if (OrdinaryFile.Instead(path) is { } other)
            throw CommandFailure.Usage(
                $"{path} is {other}, not a file of settings",
                envFile is null ? "remove or rename it" : "check --env-file");
        var file = isThere ? DotEnv.Parse(OrdinaryFile.ReadText(path), path) : new Dictionary<string, string>();
        return new SettingSources(commandLine, Environment.GetEnvironmentVariable, file)
        {
            FilePath = isThere ? Path.GetFullPath(path) : null,
        };
    }

    /// <summary>The same sources, with a value that overrides all others.</summary>
    public SettingSources With(string name, string value) =>
        new(new Dictionary<string, string>(commandLine) { [name] = value }, environment, File) { FilePath = FilePath };

    /// <summary>The value from the strongest source, or null; an empty value counts as not set.</summary>
    public string? this[string name] =>
        NotEmpty(commandLine.GetValueOrDefault(name))
            ?? NotEmpty(environment(name))
            ?? NotEmpty(File.GetValueOrDefault(name));

    /// <summary>Whether an option gives the setting.</summary>
    public bool IsOnCommandLine(string name) => NotEmpty(commandLine.GetValueOrDefault(name)) is not null;

    public string Or(string name, string fallback) => this[name] ?? fallback;

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
