namespace Esb.Interpreters;

/// <summary>
/// Finds the interpreter for a runtime: the agent searches its own PATH, <c>esb</c> searches that of the agent.
/// </summary>
/// <param name="folders">A PATH.</param>
/// <param name="ask">
/// Queries a program, see <see cref="InterpreterQuery"/>; null when it is not an interpreter.
/// </param>
public sealed class InterpreterPath(string? folders, Func<Language, string, Task<Interpreter?>> ask)
{
    /// <returns>Null if the PATH has no interpreter for it.</returns>
    public async Task<Interpreter?> FindAsync(WantedInterpreter wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var found = new List<Interpreter>();
        foreach (var program in Candidates(wanted))
        {
            if (await ask(wanted.Language, program).ConfigureAwait(false) is not { } interpreter)
                continue;
            found.Add(interpreter);
            if (wanted.IsMetBy(interpreter))
                break;
        }

        return wanted.Choose(found);
    }

    // /bin is often a link to /usr/bin, and each program needs to be queried only once.
    private IEnumerable<string> Candidates(WantedInterpreter wanted)
    {
        var places = (folders ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return wanted.ProgramNames.SelectMany(name => places.Select(folder => Path.Combine(folder, name)))
            .Where(File.Exists)
            .DistinctBy(RealPath);
    }

    // A shim is one file with many names and chooses by the name it was called with, so only the folder is resolved.
    private static string RealPath(string program)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(program)!);
        return Path.Combine(
            folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName, Path.GetFileName(program));
    }
}
