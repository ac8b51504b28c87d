using System.Globalization;
using System.Text;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>One line of <c>requests.txt</c>.</summary>
/// <param name="Name">A description of the request.</param>
/// <param name="Expected">
/// The statuses of the answers in order, or <c>closed</c>; two that are both right are separated by a slash.
/// </param>
/// <param name="Bytes">The bytes to send.</param>
/// <param name="EndsSending">Whether the client then closes its side of the connection.</param>
internal sealed record RawCase(string Name, string Expected, byte[] Bytes, bool EndsSending)
{
    public static IReadOnlyList<RawCase> ReadAll()
    {
        var file = Path.Combine(Binaries.Repository, "tests", "Esb.EndToEnd.Tests", "RawRequests", "requests.txt");
        return [.. File.ReadAllLines(file).Where(l => l.Length > 0 && l[0] != '#').Select(Parse)];
    }

    private static RawCase Parse(string line)
    {
        var parts = line.Split('|', 3);
        var text = parts[2].Length > 0 ? parts[2][1..] : "";
        var ends = text.EndsWith("\\E", StringComparison.Ordinal);
        var bytes = new List<byte>(text.Length);
        Append(bytes, ends ? text[..^2] : text);
        return new RawCase(parts[0].Trim(), parts[1].Trim(), [.. bytes], ends);
    }

    private static void Append(List<byte> bytes, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i = AppendEscape(bytes, text, i + 1);
            else if (text[i] == '{' && Repetition(text, i) is { } repetition)
                i = AppendRepeated(bytes, text, repetition);
            else
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
        }
    }

    private static int AppendEscape(List<byte> bytes, string text, int at)
    {
        bytes.Add(text[at] switch
        {
            'r' => (byte)'\r',
            'n' => (byte)'\n',
            't' => (byte)'\t',
            '0' => 0,
            'x' => byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            var other => throw new FormatException($"'\\{other}' is no escape"),
        });
        return text[at] == 'x' ? at + 2 : at;
    }

    private static int AppendRepeated(List<byte> bytes, string text, (int Count, int From, int To) repetition)
    {
        List<byte> once = [];
        Append(once, text[repetition.From..repetition.To]);
        for (var i = 0; i < repetition.Count; i++)
            bytes.AddRange(once);
        return repetition.To;
    }

    // {N*text}, which may be nested.
    private static (int Count, int From, int To)? Repetition(string text, int open)
    {
        var star = text.IndexOf('*', open);
        if (star < 0 || !int.TryParse(
            text.AsSpan(open + 1, star - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var depth = 1;
        for (var i = star + 1; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
                return (count, star + 1, i);
        }

        throw new FormatException($"'{text[open..]}' has no end");
    }
}
