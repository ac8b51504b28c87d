using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Values;

/// <summary>Reads sets, which must not be empty or contain a member twice.</summary>
internal static class SetReader
{
    private const string Invalid = "One or more parameter values were invalid: ";

    public static IReadOnlyList<string> Strings(JsonElement element)
    {
        var members = Members(element, WireText.Text, "An string set  may not be empty");
        return IsDistinct(members)
            ? members
            : throw TableException.Validation($"{Invalid}Input collection [{Listed(element)}] contains duplicates.");
    }

    public static IReadOnlyList<DynamoNumber> Numbers(JsonElement element)
    {
        var members = Members(
            element, static e => ValueReader.Number(WireText.Text(e)), "An number set  may not be empty");
        return IsDistinct(members)
            ? members
            : throw TableException.Validation("Input collection contains duplicates");
    }

    public static IReadOnlyList<Bytes> Binaries(JsonElement element)
    {
        var members = Members(element, WireText.Binary, "Binary sets should not be empty");
        return IsDistinct(members)
            ? members
            : throw TableException.Validation(
                $"{Invalid}Input collection [{Listed(element)}]of type BS contains duplicates.");
    }

    private static List<T> Members<T>(JsonElement element, Func<JsonElement, T> read, string ifEmpty)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw SerializationErrors.NotAList(element);
        var members = new List<T>(element.GetArrayLength());
        foreach (var member in element.EnumerateArray())
            members.Add(read(member));
        return members.Count > 0 ? members : throw TableException.Validation(Invalid + ifEmpty);
    }

    private static bool IsDistinct<T>(List<T> members) => members.Count == new HashSet<T>(members).Count;

    private static string Listed(JsonElement set) => string.Join(", ", set.EnumerateArray().Select(WireText.Text));
}
