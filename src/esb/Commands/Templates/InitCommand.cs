using System.CommandLine;
using System.Reflection;
using System.Text;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb init</c>: a small example that deploys as it is. Nothing that is there is overwritten.</summary>
internal static class InitCommand
{
    private const string Prefix = "examples/";
    private const string TemplateName = "template.yaml";

    // What the examples call their function, and their routes.
    private const string Named = "FunctionName: hello";
    private const string Routed = "/hello";

    private static readonly string[] Runtimes = ["python", "node", "dotnet"];

    private static readonly Argument<string> Folder = new("folder") { Description = "Where the example goes", HelpName = "FOLDER", DefaultValueFactory = _ => "." };

    private static readonly Option<string> Runtime = new("--runtime", "-r") { Description = "python, node or dotnet (native, needs the .NET SDK)", HelpName = "NAME", DefaultValueFactory = _ => "python" };

    public static Command Create(Screen screen)
    {
        var command = new Command("init", "Write a small example that deploys as it is.") { Folder, Runtime };
        command.SetAction(result => Run(result.GetRequiredValue(Folder), result.GetRequiredValue(Runtime), screen));
        return command;
    }

    /// <exception cref="CommandFailure">There is no such example, or something is in its place.</exception>
    private static int Run(string folder, string runtime, Screen screen)
    {
        if (!Runtimes.Contains(runtime))
            throw CommandFailure.Setting("--runtime", runtime, string.Join(", ", Runtimes));
        var files = Files(runtime).ToList();
        if (files.Select(f => Path.Combine(folder, f.Path)).FirstOrDefault(p => Path.Exists(p) || new FileInfo(p).LinkTarget is not null) is { } existing)
            throw CommandFailure.Usage($"{existing} is there already and stays as it is", "name an empty folder: esb init FOLDER");
        foreach (var (path, _) in files)
            ProjectLinks.Refuse(Path.Combine(folder, path));
        foreach (var (path, resource) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
            using var file = new FileStream(target, FileMode.CreateNew); // Not through a link.
            if (Path.GetFileName(path) == TemplateName)
                file.Write(Encoding.UTF8.GetBytes(OwnNames(new StreamReader(source).ReadToEnd(), ReadTemplate.ApplicationOf(target))));
            else
                source.CopyTo(file);
            screen.Line($"  {target}");
        }

        screen.Line($"Next: esb up, then {(folder == "." ? "" : $"cd {folder} && ")}esb deploy");
        return ExitCode.Done;
    }

    // Of the folder, so that several examples live side by side.
    private static string OwnNames(string template, string name) => template
        .Replace(Named, $"FunctionName: {name}", StringComparison.Ordinal)
        .Replace(Routed, $"/{name}", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Resource)> Files(string runtime) =>
        from name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)
        where name.StartsWith($"{Prefix}{runtime}/", StringComparison.Ordinal)
        select (name[(Prefix.Length + runtime.Length + 1)..], name);
}
