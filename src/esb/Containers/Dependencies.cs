using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>
/// The installation of dependencies in an image build, and the files that it reads. An edit of any other file does not
/// repeat the installation.
/// </summary>
/// <param name="Command">The command, run in <c>/var/task</c>.</param>
/// <param name="Files">The files that it reads; empty when it may read all of the code.</param>
/// <param name="Result">The folder that it creates, below <c>/var/task</c>; empty when it may change anything.</param>
/// <param name="Image">The image in which it runs; null for the runtime's base image.</param>
internal sealed record Dependencies(string Command, IReadOnlyList<string> Files, string Result, string? Image = null)
{
    private const string SdkImage = "mcr.microsoft.com/dotnet/sdk";

    private static readonly string[] NpmFiles = ["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"];

    /// <returns>
    /// Null when nothing has to be installed, or when the installation is not supported, which is reported to the
    /// origin.
    /// </returns>
    public static Dependencies? Of(CodeTree tree, LambdaRuntime runtime, Origin origin)
    {
        if (runtime.Name.StartsWith("dotnet", StringComparison.Ordinal))
            return tree.Entries.Any(e => !e.Path.Contains('/') && e.Path.EndsWith(".csproj", StringComparison.Ordinal))
                ? Publish(runtime)
                : null;
        if (runtime.Name.StartsWith("ruby", StringComparison.Ordinal))
            return tree.Has("Gemfile")
                ? new Dependencies("bundle config set --local path vendor/bundle && bundle install", [], "")
                : null;
        if (runtime.IsJava)
            return null; // Java is built when it is staged.
        var installer = DependencyManifest.Of(tree, runtime, origin);
        if (installer is { } needed && DependencyManifest.Builds(needed))
            origin.Error(
                DiagnosticCodes.NotSupported,
                $"the code has to be built ({needed.ToString().ToLowerInvariant()}), which the container modes do not "
                    + $"do for {runtime.Name}",
                "put the finished bootstrap beside it, or use a Dockerfile (PackageType: Image)");
        return installer switch
        {
            Installer.Pip => Pip(tree),
            Installer.NpmLocked => Npm(tree, "ci"),
            Installer.Npm => Npm(tree, "install"),
            _ => null,
        };
    }

    // Installs into a separate folder, which is copied over the code; both may have files of the same name.
    private static Dependencies Pip(CodeTree tree) => new(
        WithoutEditable(tree) + "python3 -m pip install --no-cache-dir --no-compile --disable-pip-version-check "
            + "--no-input --progress-bar off -r requirements.txt -t .esb-installed",
        RefersToFiles(Path.Combine(tree.Root, DependencyManifest.Requirements), "-", ".", "/", "file:")
            ? []
            : [DependencyManifest.Requirements],
        ".esb-installed");

    // The result is copied elsewhere, but an editable package refers to the folder in which it was built.
    private static string WithoutEditable(CodeTree tree)
    {
        List<string> files = [DependencyManifest.Requirements];
        for (var i = 0; i < files.Count; i++)
        {
            var named = RequirementsFile.References(OrdinaryFile.ReadText(Path.Combine(tree.Root, files[i])))
                .Where(r => r.IsFile)
                .Select(r => Path.GetRelativePath(
                    tree.Root,
                    Path.GetFullPath(Path.Combine(tree.Root, Path.GetDirectoryName(files[i]) ?? "", r.Path))));
            files.AddRange(named.Where(f => tree.Has(f) && !files.Contains(f)));
        }

        // Only names that need no quoting in a shell.
        var editable = files.Where(f => f.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_')
            && OrdinaryFile.ReadText(Path.Combine(tree.Root, f)) is var text
            && RequirementsFile.WithoutEditable(text) != text).ToList();
        const string Replaced = @"re.sub(r'(?m)^[ \t]*(-e|--editable)[ \t=]*', '', open(f).read())";
        const string Script = $"import re, sys; [open(f, 'w').write(t) for f in sys.argv[1:] for t in [{Replaced}]]";
        return editable.Count == 0 ? "" : $"python3 -c \"{Script}\" {string.Join(' ', editable)} && ";
    }

    private static Dependencies Npm(CodeTree tree, string verb) => new(
        $"npm {verb} --omit=dev --no-audit --no-fund --cache /tmp/npm",
        RefersToFiles(Path.Combine(tree.Root, DependencyManifest.Package), "\"workspaces\"") || OrdinaryFile.ReadText(
            Path.Combine(tree.Root, DependencyManifest.Package)).Contains("\"file:", StringComparison.Ordinal)
            ? []
            : [.. NpmFiles.Where(tree.Has)],
        "node_modules");

    private static Dependencies Publish(LambdaRuntime runtime) =>
        new(
            "dotnet publish -c Release -o .esb-installed --nologo",
            [],
            ".esb-installed",
            $"{SdkImage}:{runtime.Name["dotnet".Length..]}.0");

    private static bool RefersToFiles(string path, params string[] starts) =>
        OrdinaryFile.ReadText(path).Split('\n').Select(l => l.Trim())
            .Any(l => starts.Any(s => l.StartsWith(s, StringComparison.Ordinal)));
}
