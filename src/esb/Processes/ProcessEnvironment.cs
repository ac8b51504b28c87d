using System.Globalization;

namespace Esb.Cli.Processes;

/// <summary>Reads the environment that a process was started with. Source: proc(5), environ.</summary>
internal static class ProcessEnvironment
{
    /// <returns>The variables by name; null when the process has ended or belongs to another user.</returns>
    public static IReadOnlyDictionary<string, string>? Of(int pid)
    {
        try
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal);
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ"));
            foreach (var entry in text.Split('\0'))
            {
                if (entry.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                    variables[entry[..at]] = entry[(at + 1)..];
            }

            return variables;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
