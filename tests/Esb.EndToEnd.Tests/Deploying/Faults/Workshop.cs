using System.Text.RegularExpressions;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// A configuration folder without a platform, templates to deploy into it, and a shell script instead of the
/// provisioner. The folder can be reset to a known state, so that the same deploy can be interrupted at each of its
/// steps.
/// </summary>
internal sealed partial class Workshop : IDisposable
{
    public static readonly IReadOnlyList<string> FileNames = ["resources.yml", "functions.yml", "routing.yml"];

    private readonly string _root = Directory.CreateTempSubdirectory("esb-workshop-").FullName;

    public Workshop(string provisioner = "exit 0")
    {
        Directory.CreateDirectory(Path.Combine(_root, "bin"));
        Directory.CreateDirectory(Path.Combine(_root, "src"));
        File.WriteAllText(Path.Combine(_root, "src", "app.py"), Testing.Platforms.Templates.Answer("x"));
        var program = Path.Combine(_root, "bin", "esb-provisioner");
        File.WriteAllText(program, $"#!/bin/sh\n{provisioner}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment = new Dictionary<string, string?>
        {
            ["ESB_STATE_DIR"] = Path.Combine(_root, "state"),
            ["ESB_BIN_DIR"] = Path.Combine(_root, "bin"),
            ["CONFIG_DIR"] = Folder,
            ["HOME"] = _root,
            ["NO_COLOR"] = "1",
            ["GATEWAY_PORT"] = "1",
            ["ADMIN_PORT"] = "2",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:1",
        };
    }

    public string Root => _root;

    public string Folder => Path.Combine(_root, "config");

    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>A template with a function, a route and a table, all named after it.</summary>
    public string Template(string name, string value = "1")
    {
        var path = Path.Combine(_root, $"{name}.yaml");
        File.WriteAllText(
            path,
            Templates.Function(name, $"/{name}", more: $"      Environment: {{ Variables: {{ VALUE: "
                + $"'{value}' }} }}\n  Table{name.Replace("-", "", StringComparison.Ordinal)}:\n    Type: "
                + $"AWS::Serverless::SimpleTable\n    Properties: {{ TableName: {name} }}\n"));
        return path;
    }

    public Task<CommandResult> DeployAsync(string template, params string[] more) =>
        RunAsync(Binaries.Esb, ["deploy", "-t", template, "--no-wait", .. more]);

    public Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        Command.RunAsync(program, arguments, _root, Environment);

    /// <summary>The bytes of each file, as text; null if it does not exist.</summary>
    public IReadOnlyDictionary<string, string?> Files() => Files(Folder);

    /// <summary>Makes the folder contain exactly these files.</summary>
    public void Restore(IReadOnlyDictionary<string, string?> files)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var (name, text) in files)
        {
            if (text is not null)
                File.WriteAllText(Path.Combine(Folder, name), text);
        }
    }

    /// <summary>What the folder contains in addition to the three files, the lock and complete revisions.</summary>
    public IReadOnlyList<string> Strangers() =>
    [
        .. Names(Folder).Where(f => f is not (".deploy.lock" or ".revisions") && !FileNames.Contains(f)),
        .. Names(Path.Combine(Folder, ".revisions")).Where(f => !f.All(char.IsAsciiDigit)),
    ];

    /// <summary>The bytes of the files of each revision, as text.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string?>> Revisions() =>
        Names(Path.Combine(Folder, ".revisions")).Where(f => f.All(char.IsAsciiDigit))
            .ToDictionary(n => n, n => Files(Path.Combine(Folder, ".revisions", n)), StringComparer.Ordinal);

    /// <summary>Keeps a copy of the whole folder, its revisions included.</summary>
    public void Save() => Copy(Folder, Saved);

    /// <summary>Resets the whole folder to the saved copy.</summary>
    public void RestoreSaved() => Copy(Saved, Folder);

    /// <summary>The names of functions, routes and tables in the files, found without parsing them.</summary>
    public IReadOnlyList<string> Keys()
    {
        var files = Files();
        return
        [
            .. FunctionKey().Matches(files["functions.yml"] ?? "").Select(m => $"function {m.Groups[1].Value}"),
            .. RouteKey().Matches(files["routing.yml"] ?? "").Select(m => $"route {m.Groups[1].Value}"),
            .. TableKey().Matches(files["resources.yml"] ?? "").Select(m => $"table {m.Groups[1].Value}"),
        ];
    }

    public static IEnumerable<string> KeysOf(string name) => [$"function {name}", $"route {name}", $"table {name}"];

    private string Saved => Path.Combine(_root, "saved");

    private static Dictionary<string, string?> Files(string folder) =>
        FileNames.ToDictionary(
            n => n, n => File.Exists(Path.Combine(folder, n)) ? File.ReadAllText(Path.Combine(folder, n)) : null);

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!) : [];

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [GeneratedRegex(@"^  ([\w-]+):\s*$", RegexOptions.Multiline)]
    private static partial Regex FunctionKey();

    [GeneratedRegex(@"path: /([\w-]+)$", RegexOptions.Multiline)]
    private static partial Regex RouteKey();

    [GeneratedRegex(@"TableName: ([\w-]+)$", RegexOptions.Multiline)]
    private static partial Regex TableKey();
}
