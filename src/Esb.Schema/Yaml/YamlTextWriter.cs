using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using SharpYaml;
using SharpYaml.Events;

namespace Esb.Schema.Yaml;

/// <summary>
/// Writes a tree in block style, with two spaces and the keys in order. The same tree gives the same bytes.
/// </summary>
public static class YamlTextWriter
{
    private static readonly Regex EscapedPair = new(
        @"\\x(D[89AB][0-9A-F]{2})\\x(D[C-F][0-9A-F]{2})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly SearchValues<char> NeverPlain = SearchValues.Create("\\\n\r\u0085\u2028\u2029");

    /// <summary>Writes one document, ending with a line end.</summary>
    public static string Write(YamlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return PlainTreeWriter.Write(node) ?? WriteByLibrary(node);
    }

    /// <summary>Writes the document with the YAML library only, which handles every text.</summary>
    internal static string WriteByLibrary(YamlNode node)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var written = RepairSurrogates(text.ToString());
        return written.EndsWith('\n') ? written : written + "\n";
    }

    // The emitter of SharpYaml 3.17 writes a character above U+FFFF as two four-digit \x escapes, which cannot be read,
    // because \x has two digits. The character itself needs no escape.
    private static string RepairSurrogates(string text) =>
        text.Contains("\\xD", StringComparison.Ordinal)
            ? EscapedPair.Replace(
                text,
                pair => string.Create(CultureInfo.InvariantCulture, $"{Unit(pair.Groups[1])}{Unit(pair.Groups[2])}"))
            : text;

    private static char Unit(Group hex) =>
        (char)ushort.Parse(hex.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static void Emit(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                emitter.Emit(
                    new Scalar(null, scalar.Tag, scalar.Value, Style(scalar), scalar.Tag is null, scalar.Tag is null));
                break;
            case YamlSequence sequence:
                emitter.Emit(new SequenceStart(null, sequence.Tag, sequence.Tag is null, sequence.Items.Count == 0
                    ? YamlStyle.Flow
                    : YamlStyle.Block));
                foreach (var item in sequence.Items)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlMapping mapping:
                emitter.Emit(new MappingStart(null, mapping.Tag, mapping.Tag is null, mapping.Entries.Count == 0
                    ? YamlStyle.Flow
                    : YamlStyle.Block));
                foreach (var (key, value) in mapping.Entries)
                {
                    Emit(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    // A backslash occurs only in plain text, where it could not be distinguished from such an escape. Line breaks of
    // YAML 1.1 are read in plain text, together with the blanks around them, and written quoted.
    private static ScalarStyle Style(YamlScalar scalar) =>
        scalar.IsPlain && scalar.Value.AsSpan().IndexOfAny(NeverPlain) < 0 ? ScalarStyle.Plain
        : CoreSchema.IsSafePlainText(scalar.Value) ? ScalarStyle.Plain
        : ScalarStyle.DoubleQuoted;
}
