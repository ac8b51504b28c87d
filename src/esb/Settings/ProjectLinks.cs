namespace Esb.Cli.Settings;

/// <summary>
/// Refuses to write through links of a checkout, which its author may have made. Links above the checkout and in other
/// folders belong to the user.
/// </summary>
internal static class ProjectLinks
{
    /// <summary>
    /// Checks a path that is about to be written; called before anything is built, so that the error comes at once.
    /// </summary>
    /// <exception cref="CommandFailure">The path or a folder above it is a link.</exception>
    public static void Refuse(string path)
    {
        if (On(Path.GetFullPath(path)) is { } link)
            throw CommandFailure.Usage(
                $"{link} is a link, and esb writes through no link of a project",
                "remove it, or name another place with --output");
    }

    private static string? On(string path)
    {
        if (RootOf(path) is not { } root)
            return null;
        var here = root;
        foreach (var step in path[root.TrimEnd('/').Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            here = Path.Combine(here, step);
            if (new FileInfo(here).LinkTarget is not null)
                return here;
        }

        return null;
    }

    // The outermost checkout, since a link may lead into another one; without a checkout, the working folder.
    private static string? RootOf(string path)
    {
        string? root = null;
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                root = folder;
        }

        var working = Path.GetFullPath(".");
        return root ?? (path.StartsWith(working.TrimEnd('/') + "/", StringComparison.Ordinal) ? working : null);
    }
}
