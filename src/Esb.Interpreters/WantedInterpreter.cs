using System.Globalization;

namespace Esb.Interpreters;

/// <summary>The interpreter that a runtime needs.</summary>
/// <param name="Language">The language.</param>
/// <param name="Version"><c>3.12</c> of <c>python3.12</c>, <c>20</c> of <c>nodejs20.x</c>.</param>
public sealed record WantedInterpreter(Language Language, string Version)
{
    /// <summary>Names of programs to look for, the most specific first.</summary>
    public IReadOnlyList<string> ProgramNames =>
        Language == Language.Python ? [$"python{Version}", "python3"] : [$"node{Version}", "node", "nodejs"];

    /// <param name="runtime">A Lambda runtime identifier.</param>
    /// <returns>Null for a runtime that no interpreter runs.</returns>
    public static WantedInterpreter? Of(string runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (runtime.StartsWith("python3.", StringComparison.Ordinal) && IsNumber(runtime[8..]))
            return new WantedInterpreter(Language.Python, runtime[6..]);
        if (runtime.StartsWith("nodejs", StringComparison.Ordinal)
            && runtime.EndsWith(".x", StringComparison.Ordinal)
            && IsNumber(runtime[6..^2]))
            return new WantedInterpreter(Language.Node, runtime[6..^2]);
        return null;
    }

    /// <summary>Whether an interpreter has exactly this version.</summary>
    public bool IsMetBy(Interpreter interpreter)
    {
        ArgumentNullException.ThrowIfNull(interpreter);
        return interpreter.Release(Language) == Version;
    }

    /// <summary>
    /// The first interpreter of exactly the wanted version, otherwise the first that ESB's bootstrap supports; null
    /// if it supports none of them.
    /// </summary>
    /// <param name="found">In order of preference.</param>
    public Interpreter? Choose(IReadOnlyList<Interpreter> found) =>
        found.FirstOrDefault(IsMetBy) ?? found.FirstOrDefault(IsNewEnough);

    private static bool IsNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // The oldest versions that the bootstraps support.
    private bool IsNewEnough(Interpreter interpreter)
    {
        var parts = interpreter.Version.Split('.').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        return Language == Language.Python ? parts is [3, >= 8, ..] : parts is [>= 16, ..];
    }
}
