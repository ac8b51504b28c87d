using System.Security.Cryptography;
using System.Text;

namespace Esb.Host.Logs;

/// <summary>
/// The boundary to a terminal or log: everything is written as <see cref="VisibleText"/>. Only sequences that this
/// process made with <see cref="Sequence"/> reach the terminal unchanged; no other program can guess how they begin.
/// </summary>
public sealed class VisibleWriter : TextWriter
{
    private static readonly string Introducer = $"\e{RandomNumberGenerator.GetHexString(16)}";

    private readonly TextWriter _target;

    private VisibleWriter(TextWriter target) => _target = target;

    /// <inheritdoc/>
    public override Encoding Encoding => _target.Encoding;

    /// <summary>Returns the writer itself, or wraps it in a boundary.</summary>
    /// <param name="target">Where the text goes.</param>
    public static VisibleWriter Around(TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target as VisibleWriter ?? new VisibleWriter(target);
    }

    /// <summary>Makes a control sequence (ECMA-48) of this program.</summary>
    /// <param name="rest">What follows CSI, such as <c>31m</c>.</param>
    public static string Sequence(string rest) => $"{Introducer}[{rest}";

    /// <summary>A return to the beginning of the line, from this program.</summary>
    public static string Return => $"{Introducer}\r";

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (VisibleText.FirstInterpreted(buffer) < 0)
            _target.Write(buffer);
        else
            _target.Write(Resolve(buffer));
    }

    // Written as one piece, so that no other text comes in between. The framework would write the line end separately.

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}\n");

    /// <inheritdoc/>
    public override void Flush() => _target.Flush();

    private static string Resolve(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (int own; (own = text.IndexOf(Introducer)) >= 0 && own + Introducer.Length < text.Length;)
        {
            shown.Append(VisibleText.Of(text[..own].ToString()));
            var kind = text[own + Introducer.Length];
            shown.Append(kind == '\r' ? "\r" : $"\e{kind}");
            text = text[(own + Introducer.Length + 1)..];
        }

        return shown.Append(VisibleText.Of(text.ToString())).ToString();
    }
}
