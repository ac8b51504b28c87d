using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>A list.</summary>
public sealed class YamlSequence : YamlNode
{
    /// <summary>Makes a list of items, which must not be changed afterwards.</summary>
    public YamlSequence(IReadOnlyList<YamlNode> items, Place place = default, string? tag = null)
        : base(place, tag) => Items = items;

    /// <summary>The items in order.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <summary>Makes a list of texts.</summary>
    public static YamlSequence OfText(IEnumerable<string> values) => new([.. values.Select(YamlScalar.Text)]);

    /// <inheritdoc/>
    public override bool ContentEquals(YamlNode? other)
    {
        if (other is not YamlSequence sequence || sequence.Items.Count != Items.Count || sequence.Tag != Tag)
            return false;
        for (var i = 0; i < Items.Count; i++)
        {
            if (!Items[i].ContentEquals(sequence.Items[i]))
                return false;
        }

        return true;
    }
}
