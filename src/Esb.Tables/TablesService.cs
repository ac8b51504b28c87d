using Esb.Tables.Errors;
using Esb.Tables.Operations;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables;

/// <summary>
/// Serves the API of DynamoDB and that of its streams. Source: Amazon DynamoDB API Reference, version 2012-08-10 of
/// both.
/// </summary>
/// <param name="database">The tables.</param>
/// <param name="region">The region in ARNs.</param>
/// <param name="account">The account in ARNs, 12 digits.</param>
/// <param name="time">The clock.</param>
public sealed class TablesService(TableDatabase database, string region, string account, TimeProvider time)
{
    private const string Tables = "DynamoDB_20120810.";
    private const string Streams = "DynamoDBStreams_20120810.";

    private readonly OperationTable _operations =
        new(new TablesContext(database, new TableArns(region, account), time));

    /// <summary>Whether a target belongs to this service.</summary>
    /// <param name="target">The header X-Amz-Target.</param>
    public static bool Serves(string target) =>
        target.StartsWith(Tables, StringComparison.Ordinal) || target.StartsWith(Streams, StringComparison.Ordinal);

    /// <summary>
    /// Makes the checks that AWS makes before it checks the signature: the body must be a JSON document, and the
    /// operation must exist.
    /// </summary>
    /// <param name="target">The header X-Amz-Target.</param>
    /// <param name="body">The body. An empty body is rejected only later, as in AWS.</param>
    /// <exception cref="TableException">SerializationException or UnknownOperationException.</exception>
    public void RequireKnown(string target, ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
            RequestDocument.ParseAny(body).Dispose();
        _ = Find(target);
    }

    /// <summary>Handles a request.</summary>
    /// <param name="target">The header X-Amz-Target, such as <c>DynamoDB_20120810.GetItem</c>.</param>
    /// <param name="body">The body, a JSON document.</param>
    /// <param name="cancellation">Cancels a write that the writer has not begun yet.</param>
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
