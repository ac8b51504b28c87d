using CliWrap;
using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>Runs pip or npm in a folder that nobody uses yet. What they print is shown only when they fail.</summary>
internal static class DependencyInstall
{
    private const int LastLines = 15;

    /// <param name="installer">What to run.</param>
    /// <param name="runtime">For which runtime.</param>
    /// <param name="folders">Where the code lies and where what is made goes.</param>
    /// <param name="origin">Is told what went wrong.</param>
    /// <param name="onLine">Takes each line that the tool prints, for progress.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    public static async Task<bool> RunAsync(
        Installer installer, LambdaRuntime runtime, BuildFolders folders, Origin origin, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var folder = folders.Source;
        switch (installer)
        {
            case Installer.None:
                return true;
            case Installer.Dotnet:
                return await RunAsync(new Tool("dotnet publish", "dotnet", ["publish", "-c", "Release", "-o", folders.Artifacts, "--nologo", "-v", "quiet"]), folder, origin, onLine, cancellationToken);
            case Installer.Go:
                return await RunAsync(new Tool("go build", "go", ["build", "-trimpath", "-o", Path.Combine(folders.Artifacts, "bootstrap"), "."]), folder, origin, onLine, cancellationToken);
            case Installer.Make:
                return await RunAsync(new Tool($"make build-{runtime.Target}", "make", [$"build-{runtime.Target}", $"ARTIFACTS_DIR={folders.Artifacts}"]), folder, origin, onLine, cancellationToken);
            case Installer.Pip when await PythonInterpreter.WithPipAsync(runtime.Name, cancellationToken) is { } python:
                return await RunAsync(new Tool("pip install -r requirements.txt", python, PipArguments(folder)), folder, origin, onLine, cancellationToken);
            case Installer.Pip:
                origin.Error(DiagnosticCodes.Environment, $"neither {runtime.Name} nor python3 on PATH has pip, which {DependencyManifest.Requirements} needs", "install python3 and python3-pip");
                return false;
            default:
                var verb = installer == Installer.NpmLocked ? "ci" : "install";
                return await RunAsync(new Tool($"npm {verb}", "npm", [verb, "--omit=dev", "--no-audit", "--no-fund"]), folder, origin, onLine, cancellationToken);
        }
    }

    private static string[] PipArguments(string folder) =>
    [
        "-m", "pip", "install", "-r", DependencyManifest.Requirements, "-t", folder,
        "--no-compile", "--disable-pip-version-check", "--no-input", "--progress-bar", "off",
    ];

    private static async Task<bool> RunAsync(
        Tool tool, string folder, Origin origin, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var last = new Queue<string>(LastLines);
        void Take(string line)
        {
            lock (last) // Both streams write here.
            {
                if (last.Count == LastLines)
                    last.Dequeue();
                last.Enqueue(line);
            }

            onLine?.Invoke(line);
        }

        try
        {
            var result = await CliWrap.Cli.Wrap(tool.Program)
                .WithArguments(tool.Arguments)
                .WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(Take))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(Take))
                .ExecuteAsync(cancellationToken);
            if (result.ExitCode == 0)
                return true;
            origin.Error(DiagnosticCodes.Environment, $"'{tool.Name}' ended with exit code {result.ExitCode}", "its last lines:\n  " + string.Join("\n  ", last));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            origin.Error(DiagnosticCodes.Environment, $"'{tool.Program}' is not on PATH, and the code needs it: {tool.Name}", Missing(tool));
        }

        return false;
    }

    private static string Missing(Tool tool) => tool.Program switch
    {
        "npm" => "install nodejs and npm, or put node_modules into the code folder",
        "dotnet" or "go" => $"install it, or build elsewhere and name the folder that has the executable 'bootstrap' with CodeUri",
        _ => "install it",
    };

    /// <param name="Name">As people would type it.</param>
    /// <param name="Program">What runs.</param>
    /// <param name="Arguments">With what.</param>
    private sealed record Tool(string Name, string Program, string[] Arguments);
}

/// <summary>Where code is built.</summary>
/// <param name="Source">The copy of the code.</param>
/// <param name="Artifacts">Where what is made goes; the same folder where dependencies are only added to the code.</param>
internal sealed record BuildFolders(string Source, string Artifacts);
