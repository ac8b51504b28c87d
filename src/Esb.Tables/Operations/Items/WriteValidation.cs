using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Items;

/// <summary>
/// The service checks the requests of single writes in a newer way than others: what is wrong with the request itself,
/// before its table is looked at, has a prefix. Source: the answers of the service, as moto's tests record them (2026).
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
    /// What <paramref name="read"/> throws, with the prefix where it belongs.
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

    /// <summary>An empty set among the values of expressions is reported without the place.</summary>
    private static string Reworded(string message)
    {
        if (!message.StartsWith(InValues, StringComparison.Ordinal)
            || message.IndexOf(Empty, StringComparison.Ordinal) is var end && end < 0)
            return message;
        return message[InValues.Length..(end + Empty.Length)];
    }
}
