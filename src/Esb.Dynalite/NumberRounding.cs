using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Esb.Tables.Values;

namespace Esb.Dynalite;

/// <summary>
/// Rounds numbers to 38 significant digits. dynalite calculates sums and differences exactly, so they can have more.
/// </summary>
internal static class NumberRounding
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ValueReader.MostJsonLevels };

    /// <summary>Rounds the numbers of an item.</summary>
    /// <returns>The item as JSON; null if no number has too many digits.</returns>
    public static string? Apply(JsonElement item)
    {
        var copy = JsonNode.Parse(item.GetRawText(), documentOptions: Options);
        return copy is JsonObject members && InMembers(members) ? copy.ToJsonString() : null;
    }

    /// <summary>A number as dynalite writes it, rounded half up; null if it has no more than 38 digits.</summary>
    public static string? Rounded(string number)
    {
        var isNegative = number.StartsWith('-');
        var plain = isNegative ? number[1..] : number;
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var digits = plain.Replace(".", "", StringComparison.Ordinal);
        if (digits.AsSpan().ContainsAnyExceptInRange('0', '9') || plain.LastIndexOf('.') != point)
            return null;
        var exponent = point < 0 ? 0 : point + 1 - plain.Length;
        var significant = digits.TrimStart('0');
        if (significant.TrimEnd('0').Length <= DynamoNumber.MostDigits)
            return null;
        var kept = BigInteger.Parse(significant.AsSpan(0, DynamoNumber.MostDigits), CultureInfo.InvariantCulture);
        if (significant[DynamoNumber.MostDigits] >= '5')
            kept++;
        exponent += significant.Length - DynamoNumber.MostDigits;
        return string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{kept}E{exponent}");
    }

    private static bool InMembers(JsonObject members) =>
        members.Select(member => member.Value).ToList().Aggregate(false, (done, value) => InValue(value) | done);

    private static bool InValue(JsonNode? value)
    {
        if (value is not JsonObject { Count: 1 } typed)
            return false;
        var (type, content) = typed.First();
        switch (type, content)
        {
            case ("N", JsonValue number) when Rounded(number.GetValue<string>()) is { } rounded:
                typed["N"] = rounded;
                return true;
            case ("NS", JsonArray numbers):
                return InSet(typed, numbers);
            case ("L", JsonArray elements):
                return elements.Aggregate(false, (done, element) => InValue(element) | done);
            case ("M", JsonObject members):
                return InMembers(members);
            default:
                return false;
        }
    }

    private static bool InSet(JsonObject typed, JsonArray numbers)
    {
        var before = numbers.Select(number => number!.GetValue<string>()).ToList();
        var after = before.Select(number => Rounded(number) ?? number).ToList();
        if (before.SequenceEqual(after))
            return false;
        typed["NS"] = new JsonArray([.. after.Distinct().Select(number => (JsonNode)JsonValue.Create(number))]);
        return true;
    }
}
