using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Runs the tool that builds code or installs dependencies, in a folder that nobody uses yet. Its output is shown only
/// when it fails.
/// </summary>
internal static class DependencyInstall
{
    /// <param name="installer">The tool to run.</param>
    /// <param name="runtime">The runtime to build for.</param>
    /// <param name="folders">The folders of the code and of the result.</param>
    /// <param name="origin">Receives the errors.</param>
    /// <param name="onLine">Receives each line that the tool prints, to show the progress.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    public static async Task<bool> RunAsync(
        Installer installer,
        LambdaRuntime runtime,
        BuildFolders folders,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var folder = folders.Source;
        switch (installer)
        {
            case Installer.None:
                return true;
            case Installer.Dotnet:
                return await RunAsync(
                    new BuildTool("dotnet publish", "dotnet", [
                        "publish", "-c", "Release", "-o", folders.Artifacts, "--nologo", "-v", "quiet",
                    ]), folder, origin, onLine, cancellationToken);
            case Installer.Go:
                return await RunAsync(
                    new BuildTool("go build", "go", [
                        "build", "-trimpath", "-o", Path.Combine(folders.Artifacts, "bootstrap"), ".",
                    ]), folder, origin, onLine, cancellationToken);
            case Installer.Make:
                return await RunAsync(
                    new BuildTool($"make build-{runtime.Target}", "make", [
                        $"build-{runtime.Target}", $"ARTIFACTS_DIR={folders.Artifacts}",
                    ]), folder, origin, onLine, cancellationToken);
            case Installer.Maven or Installer.Gradle:
                return await JavaBuild.RunAsync(installer, runtime, folders, origin, onLine, cancellationToken);
            case Installer.Pip:
                return await PipInstall.RunAsync(runtime, folders, origin, onLine, cancellationToken);
            default:
                return await NpmAsync(installer, folder, origin, onLine, cancellationToken)
                    && await NpmPartsAsync(runtime, folders.Parts, origin, onLine, cancellationToken);
        }
    }

    private static Task<bool> NpmAsync(
        Installer installer,
        string folder,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var verb = installer == Installer.NpmLocked ? "ci" : "install";
        return RunAsync(
            new BuildTool(
                $"npm {verb}",
                "npm",
                [verb, "--omit=dev", "--no-audit", "--no-fund"]), folder, origin, onLine, cancellationToken);
    }

    // npm only links to a local package outside the code folder, and does not install the dependencies of that package.
    private static async Task<bool> NpmPartsAsync(
        LambdaRuntime runtime,
        IReadOnlyList<string> parts,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            if (CodeTreeReader.Read(part, origin, cancellationToken) is not { } tree
                || DependencyManifest.Of(tree, runtime, origin) is not { } installer)
                return false;
            if (installer != Installer.None && !await NpmAsync(installer, part, origin, onLine, cancellationToken))
                return false;
        }

        return true;
    }

    private static async Task<bool> RunAsync(
        BuildTool tool, string folder, Origin origin, Action<string>? onLine, CancellationToken cancellationToken) =>
        Succeeded(tool, await tool.RunAsync(folder, onLine, cancellationToken), origin);

    /// <summary>Whether a tool succeeded; if not, the error is reported to the origin.</summary>
    internal static bool Succeeded(BuildTool tool, BuildToolEnd end, Origin origin)
    {
        if (end.ExitCode is null && Path.IsPathRooted(tool.Program))
            origin.Error(
                DiagnosticCodes.Environment,
                $"'{tool.Name}' cannot be started",
                "its first line must name an existing program, and end without a carriage return");
        else if (end.ExitCode is null)
            origin.Error(
                DiagnosticCodes.Environment,
                $"'{tool.Program}' is not on PATH, and the code needs it: {tool.Name}",
                Missing(tool));
        else if (end.ExitCode != 0)
            origin.Error(
                DiagnosticCodes.Environment,
                $"'{tool.Name}' ended with exit code {end.ExitCode}",
                "its last lines:\n  " + string.Join("\n  ", end.Last));
        return end.ExitCode == 0;
    }

    private static string Missing(BuildTool tool) => tool.Program switch
    {
        "npm" => "install nodejs and npm, or put node_modules into the code folder",
        "dotnet" or "go" =>
            $"install it, or build elsewhere and name the folder that has the executable 'bootstrap' with CodeUri",
        "mvn" => "install a JDK and maven, or put mvnw into the code folder, or build elsewhere and name the jar with "
            + "CodeUri",
        "gradle" => "install a JDK and gradle, or put gradlew into the code folder, or build elsewhere and name the "
            + "jar with CodeUri",
        _ => "install it",
    };
}
