namespace Esb.Interpreters;

/// <summary>A language that functions are interpreted in.</summary>
public enum Language
{
    /// <summary>Its runtimes are <c>python3.12</c> and the like.</summary>
    Python,

    /// <summary>Its runtimes are <c>nodejs20.x</c> and the like.</summary>
    Node,
}

/// <summary>An interpreter of this machine.</summary>
/// <param name="Path">The real program, not a version manager's shim.</param>
/// <param name="Version">In full, such as <c>3.11.2</c>.</param>
public sealed record Interpreter(string Path, string Version)
{
    /// <summary>The part of the version that a runtime names: <c>3.11</c> of Python, <c>20</c> of Node.</summary>
    public string Release(Language language) => string.Join('.', Version.Split('.')[..(language == Language.Python ? 2 : 1)]);
}
