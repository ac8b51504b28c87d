using System.CommandLine;
using System.Reflection;
using System.Text;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Host.Settings;
using Esb.Interpreters;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb init</c>: writes a small example that can be deployed. It overwrites nothing.</summary>
internal static class InitCommand
{
    private const string Prefix = "examples/";
    private const string TemplateName = "template.yaml";

    // The name of the function and the route in the examples.
    private const string Named = "FunctionName: hello";
    private const string Routed = "/hello";

    // The versions that Lambda offers. Source: AWS, "Lambda runtimes".
    private static readonly string[] PythonReleases = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];
    private static readonly string[] NodeReleases = ["18", "20", "22", "24"];

    private static readonly string[] Runtimes = ["python", "node", "dotnet"];

    private static readonly Argument<string> Folder =
        new("folder") { Description = "Where the example goes", HelpName = "FOLDER", DefaultValueFactory = _ => "." };

    private static readonly Option<string> Runtime = new("--runtime", "-r")
    {
        Description = "python, node or dotnet (native, needs the .NET SDK)",
        HelpName = "NAME",
        DefaultValueFactory = _ => "python",
    };

    public static Command Create(Screen screen)
    {
        var command = new Command("init", "Write a small example that can be deployed.") { Folder, Runtime };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(Folder), result.GetRequiredValue(Runtime), screen, cancellationToken));
        return command;
    }

    /// <exception cref="CommandFailure">There is no such example, or a file exists already.</exception>
    private static async Task<int> RunAsync(
        string folder, string runtime, Screen screen, CancellationToken cancellationToken)
    {
        if (!Runtimes.Contains(runtime))
            throw new SettingException("--runtime", runtime, string.Join(", ", Runtimes));
        var files = Files(runtime).ToList();
        if (files.Select(f => Path.Combine(folder, f.Path))
            .FirstOrDefault(p => Path.Exists(p) || new FileInfo(p).LinkTarget is not null) is { } existing)
            throw CommandFailure.Usage(
                $"{existing} already exists and is not overwritten", "name an empty folder: esb init FOLDER");
        foreach (var (path, _) in files)
            ProjectLinks.Refuse(Path.Combine(folder, path));
        var own = await OwnRuntimeAsync(runtime, cancellationToken);
        foreach (var (path, resource) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
            using var file = new FileStream(target, FileMode.CreateNew); // CreateNew does not follow a link.
            if (Path.GetFileName(path) == TemplateName)
            {
                var template = await new StreamReader(source).ReadToEndAsync(cancellationToken);
                var text = own(OwnNames(template, ReadTemplate.ApplicationOf(target)));
                await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            }
            else
            {
                await source.CopyToAsync(file, cancellationToken);
            }

            screen.Line($"  {target}");
        }

        screen.Line($"Next: esb up, then {(folder == "." ? "" : $"cd {folder} && ")}esb deploy");
        return ExitCode.Done;
    }

    // Uses the interpreter version of this machine if Lambda offers it too, so that a first deploy gives no warning.
    private static async Task<Func<string, string>> OwnRuntimeAsync(string runtime, CancellationToken cancellationToken)
    {
        var (named, known) = runtime switch
        {
            "python" => ("python3.12", PythonReleases),
            "node" => ("nodejs22.x", NodeReleases),
            _ => ("", []),
        };
        if (WantedInterpreter.Of(named) is not { } wanted
            || await new MachineInterpreters(null, cancellationToken).FindAsync(wanted) is not { } found
            || !known.Contains(found.Release(wanted.Language)))
            return template => template;
        return template => template.Replace(
            named,
            named.Replace(wanted.Version, found.Release(wanted.Language), StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    // Names the function and the route after the folder, so that several examples do not collide.
    private static string OwnNames(string template, string name) => template
        .Replace(Named, $"FunctionName: {name}", StringComparison.Ordinal)
        .Replace(Routed, $"/{name}", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Resource)> Files(string runtime) =>
        from name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)
        where name.StartsWith($"{Prefix}{runtime}/", StringComparison.Ordinal)
        select (name[(Prefix.Length + runtime.Length + 1)..], name);
}
