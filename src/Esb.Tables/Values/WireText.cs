using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Values;

/// <summary>Reads the scalars in a request. The result is null for a JSON null and for an absent member.</summary>
internal static class WireText
{
    /// <summary>Reads a string.</summary>
    public static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? Decoded(element, static e => e.GetString()!)
        : throw SerializationErrors.NotA("String", element);

    /// <summary>Reads a member of a structure that is a string.</summary>
    public static string? Text(JsonElement structure, string name) =>
        Member(structure, name) is { } member ? Text(member) : null;

    /// <summary>Reads the name of a member.</summary>
    public static string Name(JsonProperty member) => Decoded(member, static m => m.Name);

    /// <summary>Finds a member of a structure that is neither absent nor null.</summary>
    public static JsonElement? Member(JsonElement structure, string name) =>
        structure.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>Reads a boolean; the service also accepts some strings.</summary>
    public static bool Boolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Text(element).ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" => true,
            "FALSE" or "0" or "NO" => false,
            _ => throw SerializationErrors.Of("Unexpected token received from parser"),
        },
        _ => throw SerializationErrors.NotA("Boolean", element),
    };

    /// <summary>Reads bytes in Base64.</summary>
    public static Bytes Binary(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw SerializationErrors.NotBytes(element);
        if (element.TryGetBytesFromBase64(out var bytes) && Convert.ToBase64String(bytes) == Text(element))
            return new Bytes(bytes);
        var length = Text(element).Length;
        throw SerializationErrors.Of(
            length % 4 != 0
                ? $"Base64 encoded length is expected a multiple of 4 bytes but found: {length}"
                : "Invalid last non-pad Base64 character dectected");
    }

    // Half of a surrogate pair is not valid text.
    private static string Decoded<T>(T element, Func<T, string> read)
    {
        try
        {
            return read(element);
        }
        catch (InvalidOperationException)
        {
            throw SerializationErrors.Of("Unexpected token received from parser");
        }
    }
}
