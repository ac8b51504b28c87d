using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>The position at which a SELECT continues, which clients receive as opaque text.</summary>
/// <param name="Range">The index of the key range, among those that the statement reads.</param>
/// <param name="Key">The key after which to continue.</param>
/// <param name="Request">Identifies the statement with its parameters, to which the position belongs.</param>
internal sealed record StatementPlace(int Range, MapValue Key, string Request)
{
    private const string RangeName = "r";
    private const string KeyName = "k";
    private const string RequestName = "s";
    private const int RequestLength = 16;

    /// <summary>Identifies the statement of a request with its parameters.</summary>
    public static string RequestOf(Input input)
    {
        var text = input.RequiredText("Statement") + "\0" + input.Member("Parameters")?.GetRawText();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..RequestLength];
    }

    public string ToText() => Base64Url.EncodeToString(Answer.Of(json =>
    {
        json.WriteNumber(RangeName, Range);
        json.WriteString(RequestName, Request);
        json.WritePropertyName(KeyName);
        ValueWriter.WriteItem(json, Key);
    }).Span);

    /// <summary>Reads a position.</summary>
    /// <param name="text">The text, or null for the beginning.</param>
    /// <param name="request">The statement that is continued.</param>
    /// <exception cref="TableException">
    /// The text was not issued by this service, or belongs to another statement.
    /// </exception>
    public static StatementPlace? Parse(string? text, string request)
    {
        if (text is null)
            return null;
        var place = Parse(text);
        return place.Request == request
            ? place
            : throw TableException.Validation("NextToken does not match request");
    }

    private static StatementPlace Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            return document.RootElement.TryGetProperty(RangeName, out var range) && range.TryGetInt32(out var number)
                && number >= 0 && document.RootElement.TryGetProperty(KeyName, out var key)
                && document.RootElement.TryGetProperty(RequestName, out var request)
                ? new StatementPlace(number, ValueReader.ReadItem(key), request.GetString() ?? "")
                : throw Invalid();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Invalid();
        }
    }

    public static TableException Invalid() => TableException.Validation("Invalid NextToken");
}
