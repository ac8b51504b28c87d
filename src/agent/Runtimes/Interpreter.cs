namespace Esb.Agent.Runtimes;

/// <summary>An interpreter of this machine.</summary>
/// <param name="Path">The real program, not a version manager's shim.</param>
/// <param name="Version">In full, such as <c>3.11.2</c>.</param>
internal sealed record Interpreter(string Path, string Version)
{
    /// <summary>The part of the version that a runtime names: <c>3.11</c> of Python, <c>20</c> of Node.</summary>
    public string Release(RuntimeFamily family) => string.Join('.', Version.Split('.')[..(family == RuntimeFamily.Python ? 2 : 1)]);
}
