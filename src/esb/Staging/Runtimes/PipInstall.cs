using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Installs the packages that requirements files name beside the code, with the same result as <c>sam build</c>: a file
/// of the code is not replaced by a file of a package.
/// </summary>
internal static class PipInstall
{
    private const string Installed = ".esb-installed";

    /// <param name="runtime">The runtime to install for.</param>
    /// <param name="folders">The folder of the code, and its requirements files.</param>
    /// <param name="origin">Receives the errors.</param>
    /// <param name="onLine">Receives each line that pip prints.</param>
    /// <param name="cancellationToken">Stops pip.</param>
    public static async Task<bool> RunAsync(
        LambdaRuntime runtime,
        BuildFolders folders,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        if (await PythonInterpreter.WithPipAsync(runtime.Name, cancellationToken) is not { } python)
        {
            origin.Error(
                DiagnosticCodes.Environment,
                $"neither {runtime.Name} nor python3 on PATH has pip, which {DependencyManifest.Requirements} needs",
                "install python3 and python3-pip");
            return false;
        }

        foreach (var file in folders.Requirements.Where(File.Exists))
            File.WriteAllText(file, RequirementsFile.WithoutEditable(OrdinaryFile.ReadText(file)));
        // Not into the code folder itself, since pip installs nothing over an existing folder.
        var installed = Path.Combine(folders.Source, Installed);
        var tool = new BuildTool("pip install -r requirements.txt", python, Arguments(installed));
        if (!DependencyInstall.Succeeded(tool, await tool.RunAsync(folders.Source, onLine, cancellationToken), origin))
            return false;
        if (!Directory.Exists(installed))
            return true; // Everything was left out by markers.
        ForgetOrigins(installed, folders.Root);
        Merge(installed, folders.Source);
        Directory.Delete(installed, recursive: true);
        return true;
    }

    private static string[] Arguments(string folder) =>
    [
        "-m", "pip", "install", "-r", DependencyManifest.Requirements, "-t", folder,
        "--no-compile", "--disable-pip-version-check", "--no-input", "--progress-bar", "off",
    ];

    // PEP 610: the file names the folder that a package was installed from. The folder of the build is deleted
    // afterwards.
    private static void ForgetOrigins(string installed, string root)
    {
        const string Origin = "direct_url.json";
        foreach (var package in Directory.EnumerateDirectories(installed, "*.dist-info"))
        {
            var file = Path.Combine(package, Origin);
            if (!File.Exists(file) || !OrdinaryFile.ReadText(file).Contains(root, StringComparison.Ordinal))
                continue;
            File.Delete(file);
            var record = Path.Combine(package, "RECORD");
            if (File.Exists(record))
                File.WriteAllLines(
                    record,
                    OrdinaryFile.ReadText(record).TrimEnd('\n', '\r').ReplaceLineEndings("\n").Split('\n')
                        .Where(l => !l.StartsWith($"{Path.GetFileName(package)}/{Origin},", StringComparison.Ordinal)));
        }
    }

    private static void Merge(string from, string to)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            var target = Path.Combine(to, Path.GetFileName(path));
            var isFolder = Statx.OfLink(path) is { IsFolder: true };
            if (Statx.OfLink(target) is not { } there)
                Move(path, target, isFolder);
            else if (isFolder && there.IsFolder)
                Merge(path, target);
        }
    }

    private static void Move(string path, string target, bool isFolder)
    {
        if (isFolder)
            Directory.Move(path, target);
        else
            File.Move(path, target);
    }
}
