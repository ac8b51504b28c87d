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
/// A Lambda runtime identifier that process mode can serve. Its version is <c>3.12</c> of <c>python3.12</c>, <c>20</c> of
/// <c>nodejs20.x</c> and empty for <c>provided.*</c>.
/// </summary>
internal sealed record RuntimeName(RuntimeFamily Family, string Version, string Text)
{
    /// <summary>What interprets it; null for <c>provided.*</c>.</summary>
    public WantedInterpreter? Wanted { get; private init; }

    private const string Served = "process mode serves python3.x, nodejs16.x and later, and provided.*";

    /// <exception cref="CannotStartException">Not served here.</exception>
    public static RuntimeName Parse(string text)
    {
        if (text is "provided" || text.StartsWith("provided.", StringComparison.Ordinal))
            return new RuntimeName(RuntimeFamily.Provided, "", text);
        if (WantedInterpreter.Of(text) is { } wanted)
            return new RuntimeName(wanted.Language == Language.Python ? RuntimeFamily.Python : RuntimeFamily.Node, wanted.Version, text) { Wanted = wanted };
        throw new CannotStartException(text.Length == 0
            ? $"the function names no runtime, and an image cannot be run as a process; {Served}"
            : $"the runtime {text} cannot be run as a process; {Served}");
    }
}
