using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// Files that a template names: OpenAPI definitions, includes, nested templates. Only files of the project are read, so
/// that a foreign template cannot read other files of the machine.
/// </summary>
public sealed class ProjectFiles
{
    private readonly string _root;
    private readonly RealPaths _real = new();
    private IReadOnlyList<string> _settings = [];
    private IReadOnlyList<string> _named = [];

    private ProjectFiles(string root) => _root = root;

    /// <summary>
    /// The project of a template: the nearest folder at or above it that contains <c>.git</c>, otherwise the working
    /// folder if the template is below it, otherwise the folder of the template.
    /// </summary>
    public static ProjectFiles Of(string template)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(template)) ?? "/";
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                return new ProjectFiles(folder);
        }

        var working = Path.GetFullPath(".");
        return new ProjectFiles(working != "/" && IsBelow(own, working) ? working : own);
    }

    /// <summary>The same project, with files that belong to ESB and are not part of any code.</summary>
    /// <param name="template">As for <see cref="Of(string)"/>.</param>
    /// <param name="settings">Files from which ESB reads its settings and secrets.</param>
    /// <param name="platform">See <see cref="PlatformFolders"/>.</param>
    /// <param name="named">Files that settings of ESB name.</param>
    public static ProjectFiles Of(
        string template,
        IReadOnlyList<string> settings,
        IReadOnlyList<string>? platform = null,
        IReadOnlyList<string>? named = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var project = Of(template);
        project._settings = project.Real(settings);
        project._named = project.Real(named ?? []);
        project.PlatformFolders = platform ?? [];
        return project;
    }

    /// <summary>Files from which ESB reads its settings and secrets, with links resolved.</summary>
    public IReadOnlyList<string> Settings => _settings;

    /// <summary>Files that settings of ESB name, such as keys, with links resolved.</summary>
    public IReadOnlyList<string> NamedFiles => _named;

    /// <summary>Folders that ESB itself writes: configuration and state. They may not exist yet.</summary>
    public IReadOnlyList<string> PlatformFolders { get; private set; } = [];

    /// <summary>Whether ESB reads its settings or its secrets from a file, whichever of its names is given.</summary>
    public bool IsSettings(string path) => IsOneOf(_settings, path);

    /// <summary>Whether a setting of ESB names a file, whichever of its names is given.</summary>
    public bool IsNamed(string path) => IsOneOf(_named, path);

    /// <summary>A folder that is a project itself.</summary>
    public static ProjectFiles At(string folder) => new(Path.GetFullPath(folder));

    /// <summary>The project's folder.</summary>
    public string Root => _root;

    /// <summary>Whether a path, with links resolved, is in the project.</summary>
    public bool Holds(string path) => RealPathOf(path) is not null;

    /// <summary>A path with all links resolved; null when the result is outside the project.</summary>
    public string? RealPathOf(string path) =>
        _real.Of(Path.GetFullPath(path)) is { } real && IsBelow(real, _real.Of(_root) ?? _root) ? real : null;

    /// <summary>Reports code, a layer or an image's context that is outside the project.</summary>
    /// <param name="path">The path in the template.</param>
    /// <param name="at">The node that contains the path.</param>
    /// <param name="subject">What needs the file, for messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public void Check(string path, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!IsPath(path, at, subject, diagnostics))
            return;
        if (!path.Contains("://", StringComparison.Ordinal) && !Holds(Named(path, at.Place.File)))
            diagnostics.Error(
                DiagnosticCodes.FileAccess,
                $"{subject}: '{path}' is outside of the project",
                at,
                $"the project is {_root}; it is the folder with .git, or the working folder");
    }

    /// <summary>
    /// Reads the text of a file; null, with an error at the node that names it, when it cannot be read.
    /// </summary>
    /// <param name="written">The path in the template.</param>
    /// <param name="at">The node that contains the path. Relative paths are relative to the file of this node.</param>
    /// <param name="subject">What needs the file, for messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public (string Text, string File)? Read(string written, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!IsPath(written, at, subject, diagnostics))
            return null;
        var file = Named(written, at.Place.File);
        if (!Holds(file))
        {
            diagnostics.Error(
                DiagnosticCodes.FileAccess,
                $"{subject}: '{written}' is outside of the project",
                at,
                $"the project is {_root}");
            return null;
        }

        try
        {
            if (OrdinaryFile.Instead(file) is { } other)
                diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{written}' is {other}, not a file", at);
            else if (!File.Exists(file))
                diagnostics.Error(
                    DiagnosticCodes.FileAccess,
                    $"{subject}: there is no file '{written}'",
                    at,
                    "paths start at the folder of the template");
            else if (TemplateBytes.Decode(
                OrdinaryFile.ReadAll(file, TemplateBytes.Limit), file, diagnostics) is { } text)
                return (text, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{written}' cannot be read: {e.Message}", at);
        }

        return null;
    }

    /// <summary>A path relative to a file, in the form in which messages name files.</summary>
    public static string Named(string written, string? besides) =>
        Path.Combine(Path.GetDirectoryName(besides ?? "") ?? "", written) is { Length: > 0 } path ? path : ".";

    private List<string> Real(IReadOnlyList<string> files) =>
        [.. files.Where(File.Exists).Select(f => _real.Of(Path.GetFullPath(f)) ?? Path.GetFullPath(f))];

    private bool IsOneOf(IReadOnlyList<string> files, string path) =>
        files.Count > 0 && (files.Contains(_real.Of(Path.GetFullPath(path)) ?? path)
            || (Statx.Of(path) is { } file && files.Any(s => Statx.Of(s) is { } own && own.IsSameFile(file))));

    // A line break in a path would split every message about it into two lines, and no program expects one.
    private static bool IsPath(string path, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        if (path.Length > 0 && !path.Any(char.IsControl))
            return true;
        if (path.Length == 0)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: a path is empty", at, "name a file or a folder; "
                + "'.' is the folder of the template");
        else
            diagnostics.Error(
                DiagnosticCodes.WrongValue, $"{subject}: a path has a line break or another control character", at);
        return false;
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
