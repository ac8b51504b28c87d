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
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return [
            .. all, Uri.EscapeDataString(text), base64.TrimEnd('='),
            base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ];
    }

    private static string Default(string text) => JavaScriptEncoder.Default.Encode(text);

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    // Python's json.dumps writes other characters than ASCII as \u and four lowercase digits.
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
