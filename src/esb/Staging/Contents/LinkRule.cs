namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Which symbolic links may be staged: relative ones that cannot leave the code folder. Steps up must come first, where
/// they start at the link's real folder; a step up after a name could pass through another link and end anywhere.
/// </summary>
internal static class LinkRule
{
    /// <param name="path">The link, relative to the code folder.</param>
    /// <param name="target">Where it points.</param>
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
