namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Decides which symbolic links can be staged: relative ones that cannot leave the code folder. Steps up (<c>..</c>)
/// must come first, where they start at the link's real folder. A step up after a name could pass through another link
/// and lead anywhere.
/// </summary>
internal static class LinkRule
{
    /// <param name="path">The link, relative to the code folder.</param>
    /// <param name="target">The target of the link.</param>
    public static bool StaysInside(string path, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Contains('\0'))
            return false;
        var depth = path.Count(c => c == '/');
        var descended = false;
        foreach (var step in target.Split('/'))
        {
            if (step is "" or ".")
                continue;
            if (step != "..")
                descended = true;
            else if (descended || --depth < 0)
                return false;
        }

        return true;
    }
}
