using System.Buffers.Text;
using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>The position at which a SELECT continues, which clients receive as opaque text.</summary>
/// <param name="Range">The index of the key range, among those that the statement reads.</param>
/// <param name="Key">The key after which to continue.</param>
internal sealed record StatementPlace(int Range, MapValue Key)
{
    private const string RangeName = "r";
    private const string KeyName = "k";

    public string ToText() => Base64Url.EncodeToString(Answer.Of(json =>
    {
        json.WriteNumber(RangeName, Range);
        json.WritePropertyName(KeyName);
        ValueWriter.WriteItem(json, Key);
    }).Span);

    /// <exception cref="TableException">The text was not issued by this service.</exception>
    public static StatementPlace? Parse(string? text)
    {
        if (text is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            return document.RootElement.TryGetProperty(RangeName, out var range) && range.TryGetInt32(out var number)
                && number >= 0 && document.RootElement.TryGetProperty(KeyName, out var key)
                ? new StatementPlace(number, ValueReader.ReadItem(key))
                : throw Invalid();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Invalid();
        }
    }

    public static TableException Invalid() => TableException.Validation("Invalid NextToken");
}
