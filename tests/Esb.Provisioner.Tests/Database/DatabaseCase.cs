using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Esb.Provisioner.Tests.Database;

/// <summary>One documented behaviour of DynamoDB, with the expected answer.</summary>
/// <param name="Name">The subject of the case.</param>
/// <param name="Right">AWS's answer.</param>
/// <param name="Ask">Makes the calls on a table of its own and returns the answer as text.</param>
/// <param name="KnownFault">
/// The issue that will fix it. As long as an issue is named, the answer must be wrong: the mark must be removed when
/// the database is fixed.
/// </param>
internal sealed record DatabaseCase(
    string Name,
    string Right,
    Func<AmazonDynamoDBClient, string, Task<string>> Ask,
    string? KnownFault = null)
{
    public override string ToString() => Name;

    /// <summary>The answer, or the error in its place.</summary>
    public async Task<string> AnswerAsync(AmazonDynamoDBClient client, string table)
    {
        try
        {
            return await Ask(client, table);
        }
        catch (ConditionalCheckFailedException e)
        {
            return $"ConditionalCheckFailedException {Text(e.Item)}";
        }
        catch (TransactionCanceledException e)
        {
            return "TransactionCanceledException "
                + $"{string.Join(", ", e.CancellationReasons.Select(reason => $"{reason.Code} {Text(reason.Item)}"))}";
        }
        catch (AmazonServiceException e)
        {
            return $"{e.ErrorCode}: {e.Message}";
        }
    }

    /// <summary>What is wrong with an answer or with the mark; null if nothing is.</summary>
    public string? Problem(string answer) => (answer == Right, KnownFault) switch
    {
        (true, { } issue) => $"the fault is marked as {issue} but is fixed: remove the mark from this case",
        (false, null) => $"the answer is {answer}, and should be {Right}",
        _ => null,
    };

    /// <summary>An item as text: <c>{id=a, n=1}</c>.</summary>
    public static string Text(Dictionary<string, AttributeValue>? item) =>
        "{" + string.Join(", ", (item ?? []).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => $"{a.Key}={a.Value.S ?? a.Value.N ?? $"{a.Value.B?.Length} bytes"}")) + "}";
}
