namespace Esb.Interpreters;

/// <summary>
/// How a program is asked which interpreter it really runs. The query runs in <see cref="Folder"/> and with the agent's
/// environment, because version managers choose by both.
/// </summary>
public static class InterpreterQuery
{
    /// <summary>The working directory of the query.</summary>
    public const string Folder = "/";

    /// <summary>The arguments of the query.</summary>
    public static IReadOnlyList<string> Arguments(Language language) => language switch
    {
        Language.Python =>
            ["-I", "-S", "-c", "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"],
        _ => ["-p", "process.execPath + '\\n' + process.versions.node"],
    };

    /// <summary>
    /// Parses the answer: the path on the first line, the version on the second. Returns null for any other answer,
    /// such as that of a shim whose version is not installed.
    /// </summary>
    public static Interpreter? Parse(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var path, var version]
            && Version.TryParse(version, out _)
            ? new Interpreter(path, version)
            : null;
    }
}
