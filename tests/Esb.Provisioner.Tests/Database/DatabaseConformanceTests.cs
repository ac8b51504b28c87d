using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Database;

/// <summary>Compares the database of process mode with DynamoDB's documentation.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class DatabaseConformanceTests(LocalStores stores)
{
    public static IEnumerable<Func<string>> Names => DatabaseCases.All.Select(each => (Func<string>)(() => each.Name));

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task The_database_of_process_mode_answers_as_DynamoDB_does_or_its_fault_is_known(string name)
    {
        var asked = DatabaseCases.All.Single(each => each.Name == name);
        using var client = Clients.DynamoDb(await stores.AddressAsync(LocalStores.Dynalite));
        var table = await NewTableAsync(client);

        var answer = await asked.AnswerAsync(client, table);

        await Assert.That(asked.Problem(answer)).IsNull();
    }

    [Test]
    [Arguments("right", null, null)]
    [Arguments("wrong", null, "the answer is wrong, and should be right")]
    [Arguments("wrong", "issue 0", null)]
    [Arguments("right", "issue 0", "the fault is marked as issue 0 but is fixed: remove the mark from this case")]
    public async Task A_known_fault_that_is_fixed_fails_until_its_mark_is_removed(
        string answer,
        string? knownFault,
        string? problem) =>
        await Assert.That(new DatabaseCase("", "right", (_, _) => Task.FromResult(answer), knownFault).Problem(answer))
            .IsEqualTo(problem);

    private static async Task<string> NewTableAsync(AmazonDynamoDBClient client)
    {
        var table = Clients.NewName("cases");
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("group", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            GlobalSecondaryIndexes = [new GlobalSecondaryIndex
            {
                IndexName = "by-group",
                KeySchema = [new("group", KeyType.HASH)],
                Projection = new Projection { ProjectionType = ProjectionType.ALL },
            }],
        });
        await Eventually.TrueAsync(
            async () => (await client.DescribeTableAsync(table)).Table.TableStatus == TableStatus.ACTIVE);
        return table;
    }
}
