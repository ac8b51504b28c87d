using System.Security.Cryptography;
using System.Text;

namespace Esb.Host.Logs;

/// <summary>
/// The boundary to a terminal or log: whatever is written comes out as <see cref="VisibleText"/>. Only sequences that this process made
/// itself by <see cref="Sequence"/> reach the terminal as they are; nobody else can write what they begin with.
/// </summary>
public sealed class VisibleWriter : TextWriter
{
    private static readonly string Introducer = $"\e{RandomNumberGenerator.GetHexString(16)}";

    private readonly TextWriter _target;

    private VisibleWriter(TextWriter target) => _target = target;

    /// <inheritdoc/>
    public override Encoding Encoding => _target.Encoding;

    /// <summary>The writer, or a boundary around it.</summary>
    /// <param name="target">Where the text goes.</param>
    public static VisibleWriter Around(TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target as VisibleWriter ?? new VisibleWriter(target);
    }

    /// <summary>A control sequence (ECMA-48) of the program's own.</summary>
    /// <param name="rest">What follows CSI, such as <c>31m</c>.</param>
    public static string Sequence(string rest) => $"{Introducer}[{rest}";

    /// <summary>A return to the begin of the line, of the program's own.</summary>
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
        if (VisibleText.FirstObeyed(buffer) < 0)
            _target.Write(buffer);
        else
            _target.Write(Resolve(buffer));
    }

    // In one piece, so that no other text comes between; the framework's own would write the line end by itself.

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
