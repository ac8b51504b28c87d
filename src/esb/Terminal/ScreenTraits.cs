namespace Esb.Cli.Terminal;

/// <summary>The properties of standard output and standard error.</summary>
/// <param name="IsInteractive">Whether standard output is a terminal whose lines can be rewritten.</param>
/// <param name="OutputColour">Whether standard output has colour.</param>
/// <param name="ErrorColour">Whether standard error has colour.</param>
/// <param name="Width">The number of columns; a longer line would wrap and break rewritten lines.</param>
internal sealed record ScreenTraits(bool IsInteractive, bool OutputColour, bool ErrorColour, int Width)
{
    private const int DefaultWidth = 120;

    /// <summary>No terminal at all: plain lines, no colour.</summary>
    public static ScreenTraits Plain { get; } = new(false, false, false, DefaultWidth);

    public static ScreenTraits OfProcess() => Of(
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected,
        Environment.GetEnvironmentVariable,
        () => Console.WindowWidth);

    // NO_COLOR: https://no-color.org, any value that is not empty counts.
    public static ScreenTraits Of(
        bool outputIsTerminal, bool errorIsTerminal, Func<string, string?> environment, Func<int> width)
    {
        var capable = environment("TERM") is not (null or "" or "dumb");
        var colour = capable && environment("NO_COLOR") is null or "";
        var columns = outputIsTerminal ? width() : DefaultWidth;
        return new ScreenTraits(
            outputIsTerminal && capable,
            outputIsTerminal && colour,
            errorIsTerminal && colour,
            columns > 0 ? columns : DefaultWidth);
    }
}
