using System.Globalization;

namespace Esb.Interpreters;

/// <summary>What a runtime asks for.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Version"><c>3.12</c> of <c>python3.12</c>, <c>20</c> of <c>nodejs20.x</c>.</param>
public sealed record WantedInterpreter(Language Language, string Version)
{
    /// <summary>Names of programs to look for, the most exact first.</summary>
    public IReadOnlyList<string> ProgramNames =>
        Language == Language.Python ? [$"python{Version}", "python3"] : [$"node{Version}", "node", "nodejs"];

    /// <param name="runtime">A Lambda runtime identifier.</param>
    /// <returns>Null for a runtime that no interpreter runs.</returns>
    public static WantedInterpreter? Of(string runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (runtime.StartsWith("python3.", StringComparison.Ordinal) && IsNumber(runtime[8..]))
            return new WantedInterpreter(Language.Python, runtime[6..]);
        if (runtime.StartsWith("nodejs", StringComparison.Ordinal) && runtime.EndsWith(".x", StringComparison.Ordinal) && IsNumber(runtime[6..^2]))
            return new WantedInterpreter(Language.Node, runtime[6..^2]);
        return null;
    }

    /// <summary>Whether an interpreter is of exactly this version.</summary>
    public bool IsMetBy(Interpreter interpreter)
    {
        ArgumentNullException.ThrowIfNull(interpreter);
        return interpreter.Release(Language) == Version;
    }

    /// <summary>The first of exactly the version that is wanted, else the first that ESB's bootstrap runs on; null: none.</summary>
    /// <param name="found">In the order of preference.</param>
    public Interpreter? Choose(IReadOnlyList<Interpreter> found) => found.FirstOrDefault(IsMetBy) ?? found.FirstOrDefault(IsNewEnough);

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // The oldest that the bootstraps are written for.
    private bool IsNewEnough(Interpreter interpreter)
    {
        var parts = interpreter.Version.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        return Language == Language.Python ? parts is [3, >= 8, ..] : parts is [>= 16, ..];
    }
}
