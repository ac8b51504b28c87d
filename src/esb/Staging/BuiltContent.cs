using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging;

/// <summary>
/// Checks the output of a build before anything opens it, since a build may create anything. Only files, folders and
/// links with UTF-8 names can be staged, and the output folder itself must not have been replaced.
/// </summary>
internal sealed class BuiltContent
{
    // .NET's replacement for bytes that are not UTF-8.
    private const char NotUtf8 = '\uFFFD';

    private readonly Origin _origin;
    private readonly string _folder;
    private readonly List<string> _links = [];
    private bool _failed;

    private BuiltContent(Origin origin, string folder)
    {
        _origin = origin;
        _folder = folder;
    }

    /// <returns>All links in the folder; null when something cannot be staged, which was reported to the
    /// origin.</returns>
    public static IReadOnlyList<string>? LinksOf(string folder, Origin origin)
    {
        var content = new BuiltContent(origin, folder);
        if (Statx.OfLink(folder) is { IsFolder: true })
            content.Walk(folder);
        else
            content.Fail(
                "the folder that its build should fill is no longer a folder",
                "write into the folder that ARTIFACTS_DIR names, and leave the folder itself where it is");
        return content._failed ? null : content._links;
    }

    private void Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (Statx.OfLink(path, out var error) is not { } facts)
                Unseen(path, error);
            else if (facts.IsFolder)
                Walk(path);
            else if (facts.IsLink)
                TakeLink(path);
            else if (!facts.IsFile)
                Fail(
                    $"its build made '{Shown(path)}', which is neither a file, a folder nor a link",
                    "have the build remove it");
        }
    }

    private void TakeLink(string path)
    {
        _links.Add(path);
        if (new FileInfo(path).LinkTarget?.Contains(NotUtf8) == true)
            Fail(
                $"its build made the link '{Shown(path)}', which leads to a name that is not UTF-8",
                "have the build give that another name, and link to it");
    }

    // A path without an error has just been removed, and is ignored.
    private void Unseen(string path, string? error)
    {
        if (path.Contains(NotUtf8))
            Fail(
                $"its build made '{Shown(path)}', whose name is not UTF-8",
                "have the build give it another name; code is identified by its names");
        else if (error is not null)
            Fail(
                $"its build made '{Shown(path)}', which cannot be inspected: {error}",
                "the folder and everything in it must be readable");
    }

    private string Shown(string path) => Path.GetRelativePath(_folder, path);

    private void Fail(string message, string help)
    {
        _failed = true;
        _origin.Error(DiagnosticCodes.NotSupported, message, help);
    }
}
