using Esb.Agent.Backends;
using Esb.Interpreters;

namespace Esb.Agent.Runtimes;

internal enum RuntimeFamily
{
    Python,
    Node,
    Provided,
}

/// <summary>
/// A Lambda runtime identifier that process mode supports. The version is <c>3.12</c> for <c>python3.12</c>, <c>20</c>
/// for <c>nodejs20.x</c> and empty for <c>provided.*</c>.
/// </summary>
internal sealed record RuntimeName(RuntimeFamily Family, string Version, string Text)
{
    /// <summary>The language of the interpreter; null for <c>provided.*</c>.</summary>
    public WantedInterpreter? Wanted { get; private init; }

    private const string Served = "process mode serves python3.x, nodejs16.x and later, and provided.*";

    /// <exception cref="CannotStartException">Process mode does not support the runtime.</exception>
    public static RuntimeName Parse(string text)
    {
        if (EntryFile.IsOwnProgram(text))
            return new RuntimeName(RuntimeFamily.Provided, "", text);
        if (WantedInterpreter.Of(text) is { } wanted)
            return new RuntimeName(
                wanted.Language == Language.Python ? RuntimeFamily.Python : RuntimeFamily.Node, wanted.Version, text)
            {
                Wanted = wanted,
            };
        throw new CannotStartException(text.Length == 0
            ? $"the function names no runtime, and an image cannot be run as a process; {Served}"
            : $"the runtime {text} cannot be run as a process; {Served}");
    }
}
