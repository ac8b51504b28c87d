using System.Globalization;
using System.Text;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// A text without the escapes of JSON, URLs, HTML and source code, even nested ones, with the position of each
/// character in the original text. Programs escape different characters in different ways, so a value is found in all
/// their outputs only when the value and the text are both unescaped.
/// </summary>
internal sealed class UnescapedText
{
    private const int MaxNesting = 6;
    private const string Marks = "\\%&+";

    private readonly char[] _text;
    private readonly int[] _starts;
    private int _length;

    private UnescapedText(string text)
    {
        _text = text.ToCharArray();
        _starts = [.. Enumerable.Range(0, text.Length + 1)];
        _length = text.Length;
    }

    public ReadOnlySpan<char> Span => _text.AsSpan(0, _length);

    public static UnescapedText Of(string text)
    {
        var unescaped = new UnescapedText(text);
        for (var nesting = 0; nesting < MaxNesting && unescaped.Pass(); nesting++)
        {
        }

        return unescaped;
    }

    /// <summary>The position of a range of the unescaped text in the original text.</summary>
    public (int Start, int End) Place(int at, int length) => (_starts[at], _starts[at + length]);

    // Works in place, since unescaping never makes a text longer.
    private bool Pass()
    {
        var (read, write, changed) = (0, 0, false);
        Span<char> decoded = stackalloc char[2];
        while (read < _length)
        {
            var rest = _text.AsSpan(read, _length - read);
            var plain = rest.IndexOfAny(Marks);
            plain = plain < 0 ? rest.Length : plain;
            rest[..plain].CopyTo(_text.AsSpan(write));
            _starts.AsSpan(read, plain).CopyTo(_starts.AsSpan(write));
            (read, write) = (read + plain, write + plain);
            if (read == _length)
                break;
            var (taken, count) = Next(rest[plain..], decoded);
            changed |= taken != count || decoded[0] != _text[read];
            var start = _starts[read];
            for (var i = 0; i < count; i++)
                (_text[write], _starts[write++]) = (decoded[i], start);
            read += taken;
        }

        _starts[write] = _starts[_length];
        _length = write;
        return changed;
    }

    /// <returns>The number of characters that were read, and the number that were written.</returns>
    private static (int Taken, int Count) Next(ReadOnlySpan<char> text, Span<char> decoded)
    {
        if (Rune(text, decoded) is { Taken: > 0 } bytes)
            return bytes;
        decoded[0] = text[0];
        switch (text[0])
        {
            case '+':
                decoded[0] = ' ';
                return (1, 1);
            case '&' when Entity(text) is (var character, > 0 and var length):
                decoded[0] = character;
                return (length, 1);
            case '\\':
                return AfterBackslashes(text, decoded);
            default:
                return (1, 1);
        }
    }

    private static (int Taken, int Count) AfterBackslashes(ReadOnlySpan<char> text, Span<char> decoded)
    {
        var at = text.IndexOfAnyExcept('\\');
        if (at < 0)
            return (text.Length, 0);
        if (text[at] == 'u' && Hex(text[(at + 1)..], 4) is { } unit)
        {
            decoded[0] = (char)unit;
            return (at + 5, 1);
        }

        decoded[0] = text[at] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            var other => other,
        };
        return (at + 1, 1);
    }

    // Reads the escaped bytes of one UTF-8 character. A byte that is not valid UTF-8 is read as the character with that
    // code.
    private static (int Taken, int Count) Rune(ReadOnlySpan<char> text, Span<char> decoded)
    {
        Span<byte> bytes = stackalloc byte[4];
        var (taken, first) = (0, 0);
        for (var count = 0; count < bytes.Length && Byte(text[taken..]) is (var value, > 0 and var length); count++)
        {
            taken += length;
            first = count == 0 ? length : first;
            bytes[count] = value;
            if (System.Text.Rune.DecodeFromUtf8(bytes[..(count + 1)], out var rune, out _)
                == System.Buffers.OperationStatus.Done)
                return (taken, rune.EncodeToUtf16(decoded));
        }

        decoded[0] = (char)bytes[0];
        return (first, first > 0 ? 1 : 0);
    }

    private static (byte Value, int Length) Byte(ReadOnlySpan<char> text)
    {
        var at = 1;
        if (text is ['%', ..])
            // The percent sign may itself be escaped, any number of times.
            while (text[at..].StartsWith("25", StringComparison.Ordinal) && Hex(text[(at + 2)..], 2) is not null)
                at += 2;
        else if (text is not ['\\', ..] || (at = text.IndexOfAnyExcept('\\') + 1) <= 0 || text[at - 1] != 'x')
            return default;
        return Hex(text[at..], 2) is { } value ? ((byte)value, at + 2) : default;
    }

    private static (char Character, int Length) Entity(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, 10)].IndexOf(';');
        if (end < 2)
            return default;
        var name = text[1..end];
        char? character = name switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            ['#', 'x' or 'X', .. var digits] => Hex(digits, digits.Length) is { } hex and <= char.MaxValue
                ? (char)hex
                : null,
            ['#', .. var digits] => ushort.TryParse(
                digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (char)number : null,
            _ => null,
        };
        return character is { } found ? (found, end + 1) : default;
    }

    private static int? Hex(ReadOnlySpan<char> text, int digits) =>
        text.Length >= digits && int.TryParse(
            text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
