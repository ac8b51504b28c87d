using System.Buffers.Text;
using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>Where a SELECT goes on: for clients an opaque text.</summary>
/// <param name="Range">Which of the partition keys of the WHERE clause.</param>
/// <param name="Key">The key after which to go on.</param>
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

    /// <exception cref="TableException">This service has not given out such a text.</exception>
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
