using SharpYaml;
using SharpYaml.Events;

namespace Esb.Schema.Yaml;

/// <summary>Tree to text: block style, two spaces, keys in order. The same tree gives the same bytes.</summary>
public static class YamlTextWriter
{
    /// <summary>Writes one document, ending with a line end.</summary>
    public static string Write(YamlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var written = text.ToString();
        return written.EndsWith('\n') ? written : written + "\n";
    }

    private static void Emit(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                emitter.Emit(new Scalar(null, scalar.Tag, scalar.Value, Style(scalar), scalar.Tag is null, scalar.Tag is null));
                break;
            case YamlSequence sequence:
                emitter.Emit(new SequenceStart(null, sequence.Tag, sequence.Tag is null, sequence.Items.Count == 0 ? YamlStyle.Flow : YamlStyle.Block));
                foreach (var item in sequence.Items)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlMapping mapping:
                emitter.Emit(new MappingStart(null, mapping.Tag, mapping.Tag is null, mapping.Entries.Count == 0 ? YamlStyle.Flow : YamlStyle.Block));
                foreach (var (key, value) in mapping.Entries)
                {
                    Emit(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    private static ScalarStyle Style(YamlScalar scalar) =>
        scalar.IsPlain ? ScalarStyle.Plain
        : CoreSchema.IsSafePlainText(scalar.Value) ? ScalarStyle.Plain
        : ScalarStyle.DoubleQuoted;
}
