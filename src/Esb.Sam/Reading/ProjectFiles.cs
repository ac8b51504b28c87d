using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// Files that a template names: OpenAPI definitions, includes, nested templates. Only files of the project are read, so that a template
/// of somebody else cannot carry off what lies elsewhere on the machine.
/// </summary>
public sealed class ProjectFiles
{
    private readonly string _root;
    private readonly RealPaths _real = new();
    private IReadOnlyList<string> _settings = [];

    private ProjectFiles(string root) => _root = root;

    /// <summary>
    /// The project of a template: the nearest folder at or above it that has <c>.git</c>, else the working folder if the template
    /// is below it, else the template's own folder.
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

    /// <summary>The same, of which some files are ESB's own and no part of any code.</summary>
    /// <param name="template">As <see cref="Of(string)"/> has it.</param>
    /// <param name="settings">Files that ESB reads its settings and its secrets from.</param>
    /// <param name="platform">See <see cref="PlatformFolders"/>.</param>
    public static ProjectFiles Of(
        string template, IReadOnlyList<string> settings, IReadOnlyList<string>? platform = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var project = Of(template);
        project._settings = [.. settings.Where(File.Exists).Select(s => project._real.Of(Path.GetFullPath(s)) ?? Path.GetFullPath(s))];
        project.PlatformFolders = platform ?? [];
        return project;
    }

    /// <summary>Files that ESB reads its settings and its secrets from, links followed.</summary>
    public IReadOnlyList<string> Settings => _settings;

    /// <summary>Folders that ESB itself writes: configuration and state. They may not be there yet.</summary>
    public IReadOnlyList<string> PlatformFolders { get; private set; } = [];

    /// <summary>Whether ESB reads its settings or its secrets from a file, by whichever of its names.</summary>
    public bool IsSettings(string path) =>
        _settings.Count > 0 && (_settings.Contains(_real.Of(Path.GetFullPath(path)) ?? path) || (Statx.Of(path) is { } file && _settings.Any(s => Statx.Of(s) is { } own && own.IsSameFile(file))));

    /// <summary>A folder that is a project by itself.</summary>
    public static ProjectFiles At(string folder) => new(Path.GetFullPath(folder));

    /// <summary>The project's folder.</summary>
    public string Root => _root;

    /// <summary>Whether the path, links followed, is in the project.</summary>
    public bool Holds(string path) => RealPathOf(path) is not null;

    /// <summary>Where a path leads when every link on the way is followed; null when that is outside of the project.</summary>
    public string? RealPathOf(string path) =>
        _real.Of(Path.GetFullPath(path)) is { } real && IsBelow(real, _real.Of(_root) ?? _root) ? real : null;

    /// <summary>Says that code, a layer or an image's context lies outside of the project.</summary>
    /// <param name="path">As the template names it.</param>
    /// <param name="at">Who names it.</param>
    /// <param name="subject">How messages call whoever needs it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public void Check(string path, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!IsPath(path, at, subject, diagnostics))
            return;
        if (!path.Contains("://", StringComparison.Ordinal) && !Holds(Named(path, at.Place.File)))
            diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{path}' is outside of the project", at, $"the project is {_root}; it reaches up to the folder with .git, or to the working folder");
    }

    /// <summary>A file's text; null, with an error at the place that names it, when it cannot be had.</summary>
    /// <param name="written">As the template names it.</param>
    /// <param name="at">Who names it; relative paths start at this node's file.</param>
    /// <param name="subject">How messages call whoever needs it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public (string Text, string File)? Read(string written, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!IsPath(written, at, subject, diagnostics))
            return null;
        var file = Named(written, at.Place.File);
        if (!Holds(file))
        {
            diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{written}' is outside of the project", at, $"the project is {_root}");
            return null;
        }

        try
        {
            if (OrdinaryFile.Instead(file) is { } other)
                diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{written}' is {other}, not a file", at);
            else if (!File.Exists(file))
                diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: there is no file '{written}'", at, "paths start at the folder of the template");
            else if (TemplateBytes.Decode(OrdinaryFile.ReadAll(file, TemplateBytes.Limit), file, diagnostics) is { } text)
                return (text, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(DiagnosticCodes.FileAccess, $"{subject}: '{written}' cannot be read: {e.Message}", at);
        }

        return null;
    }

    /// <summary>A path beside a file, in the form in which messages name files.</summary>
    public static string Named(string written, string? besides) =>
        Path.Combine(Path.GetDirectoryName(besides ?? "") ?? "", written) is { Length: > 0 } path ? path : ".";

    // A line break in a path would make two lines of every message about it, and no program that gets it expects one.
    private static bool IsPath(string path, YamlNode at, string subject, DiagnosticBag diagnostics)
    {
        if (path.Length > 0 && !path.Any(char.IsControl))
            return true;
        if (path.Length == 0)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: a path is empty", at, "name a file or a folder; '.' is the folder of the template");
        else
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: a path has a line break or another control character", at);
        return false;
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
