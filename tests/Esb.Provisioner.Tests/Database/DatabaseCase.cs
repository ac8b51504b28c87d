using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Esb.Provisioner.Tests.Database;

/// <summary>One thing that DynamoDB documents, and what it answers.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Right">AWS's answer.</param>
/// <param name="Ask">Asks a database about a table of the case's own and puts the answer in words.</param>
/// <param name="KnownFault">
/// The issue that will make it right. As long as there is one, the answer must be wrong: a database that has learned it is to lose the mark.
/// </param>
internal sealed record DatabaseCase(string Name, string Right, Func<AmazonDynamoDBClient, string, Task<string>> Ask, string? KnownFault = null)
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
            return $"TransactionCanceledException {string.Join(", ", e.CancellationReasons.Select(reason => $"{reason.Code} {Text(reason.Item)}"))}";
        }
        catch (AmazonServiceException e)
        {
            return $"{e.ErrorCode}: {e.Message}";
        }
    }

    /// <summary>What is wrong about an answer, or about the mark; null: nothing.</summary>
    public string? Problem(string answer) => (answer == Right, KnownFault) switch
    {
        (true, { } issue) => $"the fault was left to {issue} and is gone: take the mark off this case",
        (false, null) => $"the answer is {answer}, and should be {Right}",
        _ => null,
    };

    /// <summary>An item in words: <c>{id=a, n=1}</c>.</summary>
    public static string Text(Dictionary<string, AttributeValue>? item) =>
        item is null || item.Count == 0 ? "{}" : $"{{{string.Join(", ", item.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value.S ?? a.Value.N ?? $"{a.Value.B?.Length} bytes"}"))}}}";
}
