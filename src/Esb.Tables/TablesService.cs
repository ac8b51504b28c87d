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

    /// <summary>
    /// Reads a request, with the checks that AWS makes before it checks the signature: the body must be a JSON
    /// document, and the operation must exist.
    /// </summary>
    /// <param name="target">The header X-Amz-Target, such as <c>DynamoDB_20120810.GetItem</c>.</param>
    /// <param name="body">The body. An empty body is rejected only later, as in AWS.</param>
    /// <exception cref="TableException">SerializationException or UnknownOperationException.</exception>
    public TablesRequest Read(string target, ReadOnlyMemory<byte> body)
    {
        var document = body.IsEmpty ? null : RequestDocument.Parse(body);
        try
        {
            return new TablesRequest(Find(target), document);
        }
        catch
        {
            document?.Dispose();
            throw;
        }
    }

    /// <summary>Handles a request that has been read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Cancels a write that the writer has not begun yet.</param>
    /// <exception cref="TableException">The error for the client.</exception>
    public static async Task<TablesAnswer> RunAsync(TablesRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestDocument.RequireObject(request.Body);
        var (operation, input) = (request.Operation, new Input(request.Body));
        operation.Shape.CheckType(input.Json);
        operation.CheckFirst(input);
        var violations = new Violations();
        operation.Shape.CheckConstraints(input.Json, "", violations);
        violations.ThrowIfAny();
        return new TablesAnswer(200, await operation.RunAsync(input, cancellation));
    }

    /// <summary>Reads and handles a request; errors are answers.</summary>
    /// <param name="target">The header X-Amz-Target.</param>
    /// <param name="body">The body, a JSON document.</param>
    /// <param name="cancellation">Cancels a write that the writer has not begun yet.</param>
    public async Task<TablesAnswer> HandleAsync(
        string target, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        try
        {
            using var request = Read(target, body);
            return await RunAsync(request, cancellation);
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
