using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Streams;

/// <summary>Finds the stream that a request names.</summary>
internal static class StreamLookup
{
    /// <exception cref="TableException">There is no such stream.</exception>
    public static StreamDefinition RequireStream(this ReadSession session, string arn) =>
        session.FindStream(arn)
        ?? throw new TableException(
            "ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");
}
