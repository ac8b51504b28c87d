using System.Globalization;

namespace Esb.Tables.Streams;

/// <summary>
/// Converts sequence numbers to and from text. Clients require at least 21 digits, and compare the numbers either as
/// numbers or as text. Source: Amazon DynamoDB Streams API Reference, StreamRecord.
/// </summary>
public static class SequenceNumber
{
    private const int Length = 21;
    private const char First = '1';

    /// <summary>Converts a number to text.</summary>
    public static string ToText(long sequence) =>
        First + sequence.ToString("D" + (Length - 1), CultureInfo.InvariantCulture);

    /// <summary>Converts a text to a number; null if this program cannot have written the text.</summary>
    public static long? Parse(string text) =>
        text.Length == Length
        && text[0] == First
        && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : null;
}
