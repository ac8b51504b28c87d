namespace Esb.Interpreters;

/// <summary>A language whose functions need an interpreter.</summary>
public enum Language
{
    /// <summary>Runtimes such as <c>python3.12</c>.</summary>
    Python,

    /// <summary>Runtimes such as <c>nodejs20.x</c>.</summary>
    Node,
}

/// <summary>An interpreter that is installed on this machine.</summary>
/// <param name="Path">The interpreter itself, not the shim of a version manager.</param>
/// <param name="Version">The complete version, such as <c>3.11.2</c>.</param>
public sealed record Interpreter(string Path, string Version)
{
    /// <summary>The part of the version that a runtime names: <c>3.11</c> of Python, <c>20</c> of Node.</summary>
    public string Release(Language language) =>
        string.Join('.', Version.Split('.')[..(language == Language.Python ? 2 : 1)]);
}
