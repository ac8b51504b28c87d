namespace Esb.Interpreters;

/// <summary>
/// How a program is asked which interpreter it really is. It is asked in the folder <see cref="Folder"/> and with the agent's environment: version managers choose by both.
/// </summary>
public static class InterpreterQuestion
{
    /// <summary>Where it is asked.</summary>
    public const string Folder = "/";

    /// <summary>What it is given.</summary>
    public static IReadOnlyList<string> Arguments(Language language) => language switch
    {
        Language.Python => ["-I", "-S", "-c", "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"],
        _ => ["-p", "process.execPath + '\\n' + process.versions.node"],
    };

    /// <summary>The path on the first line, the version on the second; null for anything else, such as the shim of a version that is not installed.</summary>
    public static Interpreter? Understand(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var path, var version] && Version.TryParse(version, out _)
            ? new Interpreter(path, version)
            : null;
    }
}
