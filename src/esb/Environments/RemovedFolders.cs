using Esb.Host.Files;

namespace Esb.Cli.Environments;

/// <summary>
/// Folders of removed environments, under the names that they have while they are being removed. A killed command
/// leaves one, with the data and credentials of its environment.
/// </summary>
internal static class RemovedFolders
{
    private const string Prefix = ".removed-";
    private const int IdLength = 32;

    /// <param name="root">The folder of all environments.</param>
    public static string NewPath(string root) =>
        Path.Combine(root, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");

    /// <summary>Removes those of commands that have ended. What cannot be removed stays until the next time.</summary>
    /// <returns>The number of removed folders.</returns>
    public static int RemoveLeftovers(string root)
    {
        if (!Directory.Exists(root))
            return 0;
        var removed = 0;
        foreach (var left in Directory.EnumerateDirectories(root, Prefix + "*").Where(IsOfEnded).ToList())
        {
            try
            {
                FolderRemoval.Remove(left);
                removed++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user owns something in it.
            }
        }

        return removed;
    }

    private static bool IsOfEnded(string folder) =>
        Path.GetFileName(folder)[Prefix.Length..].Split('-') is [{ Length: > 0 } process, { Length: IdLength } id]
        && process.All(char.IsAsciiDigit) && id.All(char.IsAsciiHexDigitLower)
        && !Directory.Exists($"/proc/{process}");
}
