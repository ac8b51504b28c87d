using Esb.Host.Logs;

namespace Esb.Cli.Terminal;

/// <summary>The few colours that have a meaning. The numbers are SGR parameters (ECMA-48, 8.3.117).</summary>
internal enum Colour
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

/// <summary>Puts text in a colour, or leaves it as it is.</summary>
internal sealed class Paint(bool enabled)
{
    public string In(Colour colour, string text) => enabled && text.Length > 0
        ? $"{VisibleWriter.Sequence($"{(int)colour}m")}{text}{VisibleWriter.Sequence("0m")}"
        : text;

    public string Green(string text) => In(Colour.Green, text);

    public string Red(string text) => In(Colour.Red, text);

    public string Yellow(string text) => In(Colour.Yellow, text);

    public string Dim(string text) => In(Colour.Dim, text);

    public string Bold(string text) => In(Colour.Bold, text);
}
