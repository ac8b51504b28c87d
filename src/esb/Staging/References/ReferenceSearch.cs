using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Host.Files;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.References;

/// <summary>The files and folders outside the code folder that a build needs.</summary>
/// <param name="Paths">The real paths of these files and folders, all in the project.</param>
/// <param name="Requirements">For pip: the paths of all requirements files.</param>
/// <param name="Expanded">For pip: the texts of the requirements files in which variables were replaced.</param>
internal sealed record FoundReferences(
    IReadOnlyCollection<string> Paths,
    IReadOnlyCollection<string> Requirements,
    IReadOnlyList<string> Expanded);

/// <summary>
/// Finds what a build needs from the project besides its code folder: files and folders that manifests name, those that
/// these name in turn, and files that the tool itself looks for in parent folders.
/// </summary>
internal sealed class ReferenceSearch
{
    private const long MaxManifest = 64 << 20; // npm's lock files can be large.

    private readonly string _code;
    private readonly Installer _installer;
    private readonly BuildFiles _files;
    private readonly ProjectFiles _project;
    private readonly Origin _origin;
    private readonly Queue<Action> _todo = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _requirements = new(StringComparer.Ordinal);
    private readonly List<string> _expanded = [];
    private bool _failed;

    private ReferenceSearch(string code, Installer installer, ProjectFiles project, Origin origin)
    {
        _code = code;
        _installer = installer;
        _files = BuildFiles.Of(installer);
        _project = project;
        _origin = origin;
    }

    /// <returns>Null when something that a manifest names cannot be used, which was reported to the origin.</returns>
    public static FoundReferences? Run(string code, Installer installer, ProjectFiles project, Origin origin)
    {
        var search = new ReferenceSearch(code, installer, project, origin);
        if (installer == Installer.Pip)
            search.Requirements(Path.Combine(code, DependencyManifest.Requirements));
        else
            search.Folder(code);
        while (search._todo.TryDequeue(out var next))
            next();
        return search._failed ? null : new FoundReferences(search._found, search._requirements, search._expanded);
    }

    private void Folder(string folder)
    {
        if (!_seen.Add(folder))
            return;
        foreach (var manifest in _files.In(folder))
            Manifest(manifest);
        if (_installer == Installer.Gradle)
            GradleProjects(folder);
        else
            Above(folder, _files.Above);
    }

    // The root of a Gradle build is the nearest folder with a settings file; a folder above it belongs to another
    // build.
    private void GradleProjects(string folder)
    {
        var root = Ancestors(folder).Prepend(folder)
            .FirstOrDefault(f => BuildFiles.GradleSettings.Any(s => File.Exists(Path.Combine(f, s))));
        if (root is null)
            return;
        foreach (var between in Ancestors(folder).TakeWhile(f => IsBelow(f, root)))
            AddExisting(between, _files.Above);
        foreach (var build in ((string[])["build.gradle", "build.gradle.kts"]).Select(b => Path.Combine(folder, b))
            .Where(File.Exists))
        {
            // project(':libs:money') is the folder libs/money, unless the settings file names another folder. That one
            // is then found as a path in the settings file.
            foreach (var part in Read(build).Split('\'', '"').Where(p => p.StartsWith(':')))
                Take(Path.Combine(root, part.Trim(':').Replace(':', '/')));
        }
    }

    private void Above(string folder, IReadOnlyList<string> names)
    {
        foreach (var above in Ancestors(folder))
            AddExisting(above, names);
    }

    private void AddExisting(string folder, IReadOnlyList<string> names)
    {
        foreach (var name in names)
            Take(Path.Combine(folder, name));
    }

    private IEnumerable<string> Ancestors(string folder)
    {
        for (var above = folder;
            above != _project.Root && Path.GetDirectoryName(above) is { } next && _project.Holds(next);
            above = next)
            yield return next;
    }

    private void Manifest(string file)
    {
        if (!_seen.Add(file))
            return;
        var text = Read(file);
        var folder = Path.GetDirectoryName(file)!;
        var name = Path.GetFileName(file);
        if (name == DependencyManifest.Package || BuildFiles.NpmLocks.Contains(name))
        {
            foreach (var (at, path) in name == DependencyManifest.Package
                ? LocalPackages.Of(text)
                : LocalPackages.OfLock(text))
                Named(folder, path, $"{name}:{at}", required: true);
            return;
        }

        foreach (var (line, path) in PathTokens.Of(text, alsoBelow: name == "go.work"))
            Named(folder, path, $"{name}:{line}", required: false);
        foreach (var (line, path) in Absolute(name, text))
            NamedAbsolutely(path, $"{name}:{line}");
        if (Path.GetFileName(file) == "pom.xml"
            && text.Contains("<parent>", StringComparison.Ordinal)
            && !text.Contains("<relativePath", StringComparison.Ordinal))
            Take(Path.GetFullPath(Path.Combine(folder, "..", "pom.xml")));
    }

    // Paths in recipes of a makefile and in setup.py are ignored, since those are programs. Files that a makefile
    // includes are part of it.
    private static IEnumerable<(int Line, string Path)> Absolute(string name, string text)
    {
        if (name == "setup.py")
            return [];
        var isMakefile = name == "Makefile" || name.EndsWith(".mk", StringComparison.Ordinal);
        return isMakefile
            ? AbsolutePaths.Of(string.Join('\n', text.Split('\n').Select(l => IsInclude(l) ? l : "")))
            : AbsolutePaths.Of(text);
    }

    private static bool IsInclude(string line) => line.TrimStart(' ', '-', 's').Split(' ', '\t')[0] == "include";

    private void NamedAbsolutely(string path, string where)
    {
        if (!Path.Exists(path))
            return; // It is not a path, or the tool reports that it is missing.
        if (_project.Holds(path))
            Take(path);
        else if (!AbsolutePaths.IsOfTheMachine(path))
            Outside(path, where);
    }

    // pip resolves paths of packages in its working folder, and paths of other requirements files in the folder of the
    // file that names them.
    private void Requirements(string file)
    {
        if (!_requirements.Add(file))
            return;
        var beside = Path.GetDirectoryName(file)!;
        var text = Read(file);
        var expanded = RequirementsFile.Expanded(text);
        if (expanded != text)
            _expanded.Add(expanded);
        foreach (var reference in RequirementsFile.References(expanded))
        {
            var where = $"{Path.GetRelativePath(_code, file)}:{reference.Line}";
            if (reference.IsRepository)
            {
                Fail(
                    $"{where} names '{reference.Path}', a repository of this machine",
                    "name the folder of the package instead");
            }
            else if (reference.IsFile)
            {
                if (Named(beside, reference.Path, where, required: true) is { } other && File.Exists(other))
                    _todo.Enqueue(() => Requirements(other));
            }
            else if (Path.Exists(Path.GetFullPath(reference.Path, beside))
                && !Path.Exists(Path.GetFullPath(reference.Path, _code)))
            {
                Named(beside, reference.Path, where, required: true);
            }
            else
            {
                Named(_code, reference.Path, where, required: true);
            }
        }
    }

    /// <param name="folder">The folder that the path is relative to.</param>
    /// <param name="path">The path as it is written.</param>
    /// <param name="where">The file and line that name it, for messages.</param>
    /// <param name="required">Whether it is certainly a path. A file that is missing in the code folder itself is not
    /// an error, since the tool may not need it.</param>
    private string? Named(string folder, string path, string where, bool required)
    {
        var full = Path.GetFullPath(AtHome(path), folder);
        if (_project.RealPathOf(full) is not { } real)
        {
            if (required)
                Outside(path, where);
            return null;
        }

        if (Path.Exists(real))
            Take(real);
        else if (required && !IsBelow(full, _code))
            Fail($"{where} names '{path}', which does not exist", $"it is looked for at '{full}'");
        return real;
    }

    private void Outside(string path, string where) =>
        Fail(
            $"{where} names '{path}', which is outside of the project",
            $"the project is {_project.Root}; it reaches up to the folder with .git, or to the working folder");

    private static string AtHome(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;

    private void Take(string path)
    {
        if (_project.RealPathOf(path) is not { } real || !Path.Exists(real))
            return;
        var isFolder = Directory.Exists(real);
        if (isFolder
            && real != _code
            && IsBelow(_code, real)
            && _installer is (Installer.Maven or Installer.Make or Installer.Dotnet or Installer.Gradle))
        {
            // A path such as ".." does not mean the whole folder; in Maven, it means the parent's POM.
            if (_installer == Installer.Maven)
                Take(Path.Combine(real, "pom.xml"));
            return;
        }

        if (!IsBelow(real, _code))
            _found.Add(real);
        if (isFolder)
            _todo.Enqueue(() => Folder(real));
        else
            _todo.Enqueue(() => OfFile(real));
    }

    // An MSBuild project needs its whole folder; a POM may have a parent of its own.
    private void OfFile(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (_installer == Installer.Dotnet && Path.GetExtension(file) is (".csproj" or ".fsproj"))
            Take(folder);
        else if (_installer == Installer.Maven && Path.GetFileName(file) == "pom.xml")
            Folder(folder);
        else if (_files.In(folder).Contains(file))
            Manifest(file);
    }

    private string Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length <= MaxManifest)
                return OrdinaryFile.ReadText(file);
            Fail($"'{file}' is larger than {MaxManifest >> 20} MiB", "no manifest is that large");
            return "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail($"'{file}' cannot be read: {e.Message}", "it must be readable");
            return "";
        }
    }

    private void Fail(string message, string help)
    {
        _failed = true;
        _origin.Error(DiagnosticCodes.FileAccess, message, help);
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
