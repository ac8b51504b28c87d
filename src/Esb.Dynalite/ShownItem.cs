using System.Text.Json;
using Esb.Tables.Catalog;

namespace Esb.Dynalite;

/// <summary>Names an item for the operator.</summary>
internal static class ShownItem
{
    private const int MostLetters = 200;

    /// <summary>The key attributes of an item, as far as they can be read.</summary>
    public static string Of(TableDefinition table, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var attributes = document.RootElement.EnumerateObject()
                .Where(attribute => table.Keys.Has(attribute.Name))
                .Select(attribute => $"{attribute.Name} {attribute.Value.GetRawText()}");
            var text = string.Join(", ", attributes);
            return text.Length <= MostLetters ? text : text[..MostLetters] + "…";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "an item that is not JSON";
        }
    }
}
