using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// The forms of a value in a log: unchanged, in JSON, in JSON within JSON, in a URL, in base64, or line by line.
/// </summary>
internal static class Spellings
{
    private const int ShortestLine = 8;
    private const int ShortestInBase64 = 6;

    public static IEnumerable<string> Of(string value)
    {
        var lines = value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IEnumerable<string> texts =
            lines.Length > 1 ? [value, .. lines.Where(line => line.Length >= ShortestLine)] : [value];
        return texts.SelectMany(OfText).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfText(string text)
    {
        // Logs of functions are JSON lines, and a function's output is often JSON itself, written by Python, JavaScript
        // or .NET.
        string[] inner = [text, Relaxed(text), Ascii(text), Default(text)];
        IEnumerable<string> all = [.. inner, .. inner.Select(Default), .. inner.Select(Relaxed)];
        List<string> base64 =
            [Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('='), .. Base64Within(text)];
        return [
            .. all, Uri.EscapeDataString(text), .. base64,
            .. base64.Select(encoded => encoded.Replace('+', '-').Replace('/', '_')),
        ];
    }

    // For a value that follows other text, as in an Authorization header: the characters that encode only bits of the
    // value, for each of the three offsets at which it can begin.
    private static IEnumerable<string> Base64Within(string text)
    {
        const int ByteBits = 8;
        const int CharacterBits = 6;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var before = 0; before < CharacterBits / 2; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * ByteBits) + CharacterBits - 1) / CharacterBits;
            var end = (before + bytes.Length) * ByteBits / CharacterBits;
            if (end - first >= ShortestInBase64)
                yield return encoded[first..end];
        }
    }

    private static string Default(string text) => JavaScriptEncoder.Default.Encode(text);

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    // Python's json.dumps writes characters outside ASCII as \u and four lowercase digits.
    private static string Ascii(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
