using System.Globalization;

namespace Esb.Agent.Runtimes;

/// <summary>Which of this machine's interpreters runs a runtime.</summary>
internal static class InterpreterChoice
{
    /// <summary>Names of programs to look for, the most exact first.</summary>
    public static IReadOnlyList<string> ProgramNames(RuntimeName wanted) =>
        wanted.Family == RuntimeFamily.Python ? [$"python{wanted.Version}", "python3"] : [$"node{wanted.Version}", "node", "nodejs"];

    public static bool IsExact(RuntimeName wanted, Interpreter interpreter) => interpreter.Release(wanted.Family) == wanted.Version;

    /// <summary>The first of exactly the version that is wanted, else the first that our bootstrap runs on; null: none.</summary>
    /// <param name="wanted">The runtime that the function names.</param>
    /// <param name="found">In the order of preference.</param>
    public static Interpreter? Choose(RuntimeName wanted, IReadOnlyList<Interpreter> found) =>
        found.FirstOrDefault(interpreter => IsExact(wanted, interpreter)) ?? found.FirstOrDefault(interpreter => IsNewEnough(wanted.Family, interpreter));

    // The oldest that the bootstraps are written for.
    private static bool IsNewEnough(RuntimeFamily family, Interpreter interpreter)
    {
        var parts = interpreter.Version.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return family == RuntimeFamily.Python ? parts is [3, >= 8, ..] : parts is [>= 16, ..];
    }
}
