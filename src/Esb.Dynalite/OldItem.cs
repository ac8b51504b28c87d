using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Dynalite;

/// <summary>An item as dynalite stores it: in the JSON format of the API.</summary>
/// <param name="Value">The item.</param>
/// <param name="IsRounded">Whether a number had more digits than a number can have.</param>
/// <param name="IsTextChanged">Whether a text contained something that is not text.</param>
internal readonly record struct OldItem(MapValue Value, bool IsRounded, bool IsTextChanged)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ValueReader.MostJsonLevels };

    /// <summary>Reads an item.</summary>
    /// <exception cref="TableException">It contains a value that tables cannot hold.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static OldItem Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return new OldItem(ValueReader.ReadItem(document.RootElement), IsRounded: false, IsTextChanged: false);
        }
        catch (TableException)
        {
            return ReadChanged(json);
        }
    }

    // dynalite does not limit the digits of a sum, and accepts half of a surrogate pair in a text.
    private static OldItem ReadChanged(ReadOnlyMemory<byte> json)
    {
        var text = SurrogateReplacement.Apply(json.Span);
        using var document = JsonDocument.Parse(text ?? json, Options);
        var rounded = NumberRounding.Apply(document.RootElement);
        using var last = rounded is null ? null : JsonDocument.Parse(rounded, Options);
        var item = ValueReader.ReadItem((last ?? document).RootElement);
        return new OldItem(item, IsRounded: rounded is not null, IsTextChanged: text is not null);
    }
}
