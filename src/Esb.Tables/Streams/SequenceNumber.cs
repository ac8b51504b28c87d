using System.Globalization;

namespace Esb.Tables.Streams;

/// <summary>
/// The text of a sequence number. Clients check for 21 digits at least, and compare it as a number or as text.
/// Source: Amazon DynamoDB Streams API Reference, StreamRecord.
/// </summary>
public static class SequenceNumber
{
    private const int Length = 21;
    private const char First = '1';

    /// <summary>The text of a number.</summary>
    public static string ToText(long sequence) =>
        First + sequence.ToString("D" + (Length - 1), CultureInfo.InvariantCulture);

    /// <summary>The number of a text, if this program could have written it.</summary>
    public static long? Parse(string text) =>
        text.Length == Length
        && text[0] == First
        && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : null;
}
