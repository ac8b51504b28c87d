using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// Files without content: blanks, comments, a null, or keys without values, such as <c>functions:</c> alone. Faulty
/// editors and scripts leave them, and so does a truncation after the first lines. To state that there is nothing,
/// write <c>{}</c>.
/// </summary>
public static class EmptyStart
{
    // A larger file has content.
    private const int MaxBytes = 4096;

    private static readonly string[] Sections = ["functions", "routes", "resources"];

    /// <summary>Whether one of the three files has no content, not even an explicit <c>{}</c>.</summary>
    public static bool SaysNothing(ReadOnlySpan<byte> bytes)
    {
        if (Content(bytes) is not { Length: > 0 } content)
            return true;
        if (content.Length > MaxBytes)
            return false;
        // What cannot be parsed is reported when it is read.
        return YamlReader.Read(content, "", []) switch
        {
            null => false,
            // A null reads as a mapping without keys.
            YamlMapping { Entries.Count: 0 } => !content.TrimStart().StartsWith('{'),
            YamlMapping document => SaysNothing(document),
            var other => IsNull(other),
        };
    }

    private static bool SaysNothing(YamlMapping document)
    {
        var sections = document.Entries.Where(e => Sections.Contains(e.Key.Value)).ToList();
        // A file without its section may have been truncated before it.
        return sections.All(s => IsNothing(s.Value));
    }

    private static bool IsNothing(YamlNode node) => IsNull(node)
        || (node is YamlMapping { Entries.Count: > 0 } mapping && mapping.Entries.All(e => IsNothing(e.Value)));

    private static bool IsNull(YamlNode node) => node is YamlScalar { IsNull: true };

    // The text without blank lines or comments, if it is short. Invalid UTF-8 is reported when it is read.
    private static string? Content(ReadOnlySpan<byte> bytes)
    {
        while (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var text = new StringBuilder();
        while (!bytes.IsEmpty && text.Length <= MaxBytes)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line.StartsWith("---"u8) || line.StartsWith("..."u8))
                line = line[3..];
            if (line.Trim(" \t"u8) is not ([] or [(byte)'#', ..]))
                text.Append(Encoding.UTF8.GetString(line.Length > MaxBytes ? line[..(MaxBytes + 1)] : line))
                    .Append('\n');
        }

        return text.ToString();
    }
}
