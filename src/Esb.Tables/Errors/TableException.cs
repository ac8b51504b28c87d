using System.Text.Json;

namespace Esb.Tables.Errors;

/// <summary>
/// An error that a client is answered with. Source: Amazon DynamoDB Developer Guide, "Error handling with DynamoDB".
/// </summary>
/// <param name="type">The name of the error without its prefix, e.g. <c>ValidationException</c>.</param>
/// <param name="message">The text for the client; AWS's own where it is known.</param>
/// <param name="status">The status code of HTTP.</param>
public class TableException(string type, string message, int status = 400) : Exception(message)
{
    /// <summary>The name of the error without its prefix.</summary>
    public string ErrorType { get; } = type;

    /// <summary>The status code of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>Writes the members that the document of the error has beside its type and message.</summary>
    /// <param name="json">The document, inside its object.</param>
    public virtual void WriteMore(Utf8JsonWriter json)
    {
    }

    /// <summary>A request that is not valid.</summary>
    public static TableException Validation(string message) => new("ValidationException", message);
}
