using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol;

/// <summary>Creates the JSON documents of errors.</summary>
public static class ErrorDocument
{
    /// <summary>The answer for an error.</summary>
    public static TablesAnswer Of(TableException error) =>
        new(error.Status, Answer.Of(json => Write(json, error)));

    private static void Write(Utf8JsonWriter json, TableException error)
    {
        json.WriteString("__type", $"{Prefix(error.ErrorType)}#{error.ErrorType}");

        // AWS's service framework and DynamoDB itself write this name differently.
        var name = error.ErrorType is "SerializationException" or "AccessDeniedException" ? "Message" : "message";
        if (error.Message.Length > 0)
            json.WriteString(name, error.Message);
        error.WriteMore(json);
    }

    private static string Prefix(string type) => type switch
    {
        "SerializationException" or "UnknownOperationException" or "AccessDeniedException"
            or "IncompleteSignatureException" or "InvalidSignatureException" or "MissingAuthenticationTokenException"
            or "UnrecognizedClientException" => "com.amazon.coral.service",
        "ValidationException" => "com.amazon.coral.validate",
        _ => "com.amazonaws.dynamodb.v20120810",
    };
}
