using System.Text;
using System.Text.Json;

namespace Esb.Schema.Yaml;

/// <summary>
/// JSON is YAML, except in three spellings that YAML or its parser refuses: tabs outside of texts, a line break between
/// a key and its colon, and keys of more than 1,024 characters. AWS reads JSON as JSON. Source: YAML 1.2.2, chapters
/// 6.1 and 7.4.2.
/// </summary>
internal static class JsonAsYaml
{
    private const int LongestKey = 1_000;

    /// <summary>The same document, line by line, as YAML spells it; null when it is not a JSON object.</summary>
    public static string? Of(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{") || !IsJson(text))
            return null;
        var written = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '"')
            {
                written.Append(text[i] == '\t' ? ' ' : text[i]);
                i++;
                continue;
            }

            var end = EndOfText(text, i);
            var next = end;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            var isKey = next < text.Length && text[next] == ':';
            if (isKey && end - i > LongestKey)
                written.Append("? ");
            written.Append(text, i, end - i);
            if (isKey)
                written.Append(": ").Append(text[end..next].Replace('\t', ' '));
            i = isKey ? next + 1 : end;
        }

        return written.ToString();
    }

    // The text is valid JSON, so every opening quote has a closing one.
    private static int EndOfText(string text, int start)
    {
        var i = start + 1;
        while (text[i] != '"')
            i += text[i] == '\\' ? 2 : 1;
        return i + 1;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = YamlReader.MaxDepth });
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
