using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Items;

/// <summary>
/// Adds a prefix to the messages of some errors. The service validates single writes in a newer way than other
/// requests: the message has a prefix if the request itself is wrong, which is checked before the table is. Source: the
/// service's answers, as recorded in moto's tests (2026).
/// </summary>
internal static class WriteValidation
{
    private const string Prefix = "1 validation error detected: ";
    private const string InValues = "ExpressionAttributeValues contains invalid value: ";
    private const string Empty = " may not be empty";

    private static readonly string[] Prefixed =
    [
        "Value provided in ExpressionAttribute",
        "ExpressionAttributeValues must not be empty",
        "ExpressionAttributeNames must not be empty",
        "The expression can not be empty",
        "section can only be used once",
        "Two document paths",
        "set may not be empty",
        "set  may not be empty",
    ];

    /// <summary>Reads a request.</summary>
    /// <exception cref="TableException">
    /// The error of <paramref name="read"/>, with the prefix if its message needs one.
    /// </exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TableException e) when (Prefixed.Any(part => e.Message.Contains(part, StringComparison.Ordinal)))
        {
            throw TableException.Validation(Prefix + Reworded(e.Message));
        }
    }

    /// <summary>Leaves out the location from the message about an empty set in ExpressionAttributeValues.</summary>
    private static string Reworded(string message)
    {
        if (!message.StartsWith(InValues, StringComparison.Ordinal)
            || message.IndexOf(Empty, StringComparison.Ordinal) is var end && end < 0)
            return message;
        return message[InValues.Length..(end + Empty.Length)];
    }
}
