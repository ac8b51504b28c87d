using System.Globalization;
using Esb.Agent.Backends;

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
    private const string Served = "process mode serves python3.x, nodejs16.x and later, and provided.*";

    /// <exception cref="CannotStartException">Not served here.</exception>
    public static RuntimeName Parse(string text)
    {
        if (text is "provided" || text.StartsWith("provided.", StringComparison.Ordinal))
            return new RuntimeName(RuntimeFamily.Provided, "", text);
        if (text.StartsWith("python3.", StringComparison.Ordinal) && IsNumber(text[8..]))
            return new RuntimeName(RuntimeFamily.Python, text[6..], text);
        if (text.StartsWith("nodejs", StringComparison.Ordinal) && text.EndsWith(".x", StringComparison.Ordinal) && IsNumber(text[6..^2]))
            return new RuntimeName(RuntimeFamily.Node, text[6..^2], text);
        throw new CannotStartException(text.Length == 0
            ? $"the function names no runtime, and an image cannot be run as a process; {Served}"
            : $"the runtime {text} cannot be run as a process; {Served}");
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
