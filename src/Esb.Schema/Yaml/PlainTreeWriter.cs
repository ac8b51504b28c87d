using System.Buffers;
using System.Text;

namespace Esb.Schema.Yaml;

/// <summary>
/// Writes trees whose keys and values are all simple – short keys, plain words, printable ASCII in quotes – with
/// the same bytes as the YAML library, but much faster. Nearly all trees are simple; others are left to the library.
/// </summary>
internal sealed class PlainTreeWriter
{
    // The library writes longer keys in another form ("? key").
    private const int LongestKey = 128;

    private static readonly SearchValues<char> InPlain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-.$ ()+=@:");
    private static readonly SearchValues<char> First = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.$");

    private readonly StringBuilder _text = new();

    private PlainTreeWriter()
    {
    }

    /// <summary>Null when something in the tree is not simple.</summary>
    public static string? Write(YamlNode node)
    {
        var writer = new PlainTreeWriter();
        return node is YamlMapping { Entries.Count: > 0 } or YamlSequence { Items.Count: > 0 } && writer.Block(node, 0)
            ? writer._text.ToString()
            : null;
    }

    // Begins at the position of its first key or dash, and ends after a line end.
    private bool Block(YamlNode node, int indent)
    {
        if (node.Tag is not null)
            return false;
        var isFirst = true;
        if (node is YamlMapping mapping)
        {
            foreach (var (key, value) in mapping.Span)
            {
                _text.Append(' ', isFirst ? 0 : indent);
                isFirst = false;
                if (key.Value.Length is 0 or > LongestKey || !Scalar(key))
                    return false;
                _text.Append(':');
                if (!Value(value, indent, below: true))
                    return false;
            }

            return true;
        }

        foreach (var item in ((YamlSequence)node).Items)
        {
            _text.Append(' ', isFirst ? 0 : indent).Append('-');
            isFirst = false;
            if (!Value(item, indent, below: false))
                return false;
        }

        return true;
    }

    // A nested value follows its key on the next lines, and its dash on the same line.
    private bool Value(YamlNode node, int indent, bool below)
    {
        if (node is YamlMapping { Entries.Count: > 0 } or YamlSequence { Items.Count: > 0 })
        {
            if (below)
                _text.Append('\n').Append(' ', indent + 2);
            else
                _text.Append(' ');
            return Block(node, indent + 2);
        }

        _text.Append(' ');
        var isWritten = node switch
        {
            YamlScalar scalar => Scalar(scalar),
            { Tag: null } => Append(node is YamlMapping ? "{}" : "[]"),
            _ => false,
        };
        _text.Append('\n');
        return isWritten;
    }

    private bool Scalar(YamlScalar scalar)
    {
        if (scalar.Tag is not null)
            return false;
        if (scalar.IsPlain || CoreSchema.IsSafePlainText(scalar.Value))
            return IsOrdinary(scalar.Value) && Append(scalar.Value);
        return scalar.Value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && Quoted(scalar.Value);
    }

    private bool Quoted(string value)
    {
        _text.Append('"');
        if (value.AsSpan().ContainsAny('"', '\\'))
            _text.Append(value.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal));
        else
            _text.Append(value);
        _text.Append('"');
        return true;
    }

    private bool Append(string text)
    {
        _text.Append(text);
        return true;
    }

    // A subset of what may be written without quotes, so that no indicator needs to be considered.
    private static bool IsOrdinary(string value)
    {
        if (value.Length == 0
            || value[^1] is ' ' or ':'
            || value.StartsWith("...", StringComparison.Ordinal)
            || value.AsSpan().ContainsAnyExcept(InPlain))
            return false;
        var isNegative = value[0] == '-' && value.Length > 1 && char.IsAsciiDigit(value[1]);
        return (isNegative || First.Contains(value[0])) && !value.Contains(": ", StringComparison.Ordinal);
    }
}
