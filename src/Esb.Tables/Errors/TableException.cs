using System.Text.Json;

namespace Esb.Tables.Errors;

/// <summary>
/// An error that is returned to a client. Source: Amazon DynamoDB Developer Guide, "Error handling with DynamoDB".
/// </summary>
/// <param name="type">The name of the error without its prefix, such as <c>ValidationException</c>.</param>
/// <param name="message">The text for the client; AWS's own text where it is known.</param>
/// <param name="status">The HTTP status code.</param>
public class TableException(string type, string message, int status = 400) : Exception(message)
{
    /// <summary>The name of the error without its prefix.</summary>
    public string ErrorType { get; } = type;

    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>Writes the members of the error document other than its type and message.</summary>
    /// <param name="json">The writer, inside the object of the document.</param>
    public virtual void WriteMore(Utf8JsonWriter json)
    {
    }

    /// <summary>An error for a request that is not valid.</summary>
    public static TableException Validation(string message) => new("ValidationException", message);
}
