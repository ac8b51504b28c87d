using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Dynalite;

/// <summary>An item as dynalite stores it: in the JSON format of the API.</summary>
/// <param name="Value">The item.</param>
/// <param name="IsRounded">Whether a number had more digits than a number can have.</param>
internal readonly record struct OldItem(MapValue Value, bool IsRounded)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ValueReader.MostJsonLevels };

    /// <summary>Reads an item.</summary>
    /// <exception cref="TableException">It contains a value that tables cannot hold.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static OldItem Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Options);
        try
        {
            return new OldItem(ValueReader.ReadItem(document.RootElement), IsRounded: false);
        }
        catch (TableException)
        {
            // dynalite does not limit the digits of a sum.
            if (NumberRounding.Apply(document.RootElement) is not { } rounded)
                throw;
            using var changed = JsonDocument.Parse(rounded, Options);
            return new OldItem(ValueReader.ReadItem(changed.RootElement), IsRounded: true);
        }
    }
}
