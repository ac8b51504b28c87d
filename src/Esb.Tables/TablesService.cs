using Esb.Tables.Errors;
using Esb.Tables.Operations;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables;

/// <summary>
/// Serves the API of DynamoDB and of its streams. Source: Amazon DynamoDB API Reference, versions 2012-08-10 of both.
/// </summary>
/// <param name="database">The tables.</param>
/// <param name="region">The region that ARNs name.</param>
/// <param name="account">The account that ARNs name, 12 digits.</param>
/// <param name="time">The clock.</param>
public sealed class TablesService(TableDatabase database, string region, string account, TimeProvider time)
{
    private const string Tables = "DynamoDB_20120810.";
    private const string Streams = "DynamoDBStreams_20120810.";

    private readonly OperationTable _operations =
        new(new TablesContext(database, new TableArns(region, account), time));

    /// <summary>Whether a target is of this service.</summary>
    /// <param name="target">The header X-Amz-Target.</param>
    public static bool Serves(string target) =>
        target.StartsWith(Tables, StringComparison.Ordinal) || target.StartsWith(Streams, StringComparison.Ordinal);

    /// <summary>
    /// Checks what AWS checks before the signature: that the body is a document of JSON, and that there is such an
    /// operation.
    /// </summary>
    /// <param name="target">The header X-Amz-Target.</param>
    /// <param name="body">The body; an empty one is checked later, as with AWS.</param>
    /// <exception cref="TableException">SerializationException or UnknownOperationException.</exception>
    public void RequireKnown(string target, ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
            RequestDocument.ParseAny(body).Dispose();
        _ = Find(target);
    }

    /// <summary>Carries a request out.</summary>
    /// <param name="target">The header X-Amz-Target, e.g. <c>DynamoDB_20120810.GetItem</c>.</param>
    /// <param name="body">A document of JSON.</param>
    /// <param name="cancellation">Ends the wait for a write; what has been handed over is still written.</param>
    public async Task<TablesAnswer> HandleAsync(
        string target, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        try
        {
            var operation = Find(target);
            using var document = RequestDocument.Parse(body);
            var input = new Input(document.RootElement);
            operation.Shape.CheckType(input.Json);
            operation.CheckFirst(input);
            var violations = new Violations();
            operation.Shape.CheckConstraints(input.Json, "", violations);
            violations.ThrowIfAny();
            return new TablesAnswer(200, await operation.RunAsync(input, cancellation));
        }
        catch (TableException error)
        {
            return ErrorDocument.Of(error);
        }
    }

    private Operation Find(string target) =>
        (target.StartsWith(Tables, StringComparison.Ordinal) ? _operations.Table(target[Tables.Length..])
            : target.StartsWith(Streams, StringComparison.Ordinal) ? _operations.Stream(target[Streams.Length..])
            : null)
        ?? throw new TableException("UnknownOperationException", "");
}
