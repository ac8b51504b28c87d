using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Deploying;

/// <summary>The effect of deploys on tables with data.</summary>
internal sealed class ConvergingTests
{
    private const string Index = """
              GlobalSecondaryIndexes:
                - IndexName: by-customer
                  KeySchema: [{ AttributeName: customer, KeyType: HASH }]
                  Projection: { ProjectionType: ALL }

        """;

    [Test]
    public async Task After_ten_deploys_every_item_exists_and_the_index_that_the_tenth_added_finds_them()
    {
        await using var platform = new ContainerPlatform();
        // The usual stand-in cannot add an index to an existing table.
        platform.Settings["DATABASE_IMAGE"] = "esb-e2e/dynamodb-local:1";
        await platform.InitializeAsync();
        for (var deploy = 1; deploy <= 9; deploy++)
        {
            await platform.DeployAsync(platform.Write("converge", Template(deploy, index: false)));
            await platform.AskStoresAsync(
                $"d.put_item(TableName='converging', Item={{'id': {{'S': '{deploy}'}}, 'customer': {{'S': 'c'}}}})");
        }

        var last = await platform.DeployAsync(platform.Write("converge", Template(10, index: true)));
        await Assert.That(last.Output).Contains("converging").And.Contains("by-customer");
        await Assert.That(await platform.AskStoresAsync("""
            found = d.query(TableName='converging', IndexName='by-customer',
                KeyConditionExpression='customer = :c', ExpressionAttributeValues={':c': {'S': 'c'}})['Items']
            print(sorted(int(i['id']['S']) for i in found), d.scan(TableName='converging')['Count'], len(d.list_tables()['TableNames']))
            """)).IsEqualTo("[1, 2, 3, 4, 5, 6, 7, 8, 9] 9 11");
        await Assert.That((await platform.DeployAsync(platform.Write("converge", Template(10, index: true)))).Output)
            .Contains("Nothing to do");
    }

    // Each deploy names another table, and none of those of earlier deploys.
    private static string Template(int deploy, bool index) => $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: converging
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{ AttributeName: id, AttributeType: S }{{(index ? ", { AttributeName: customer, AttributeType: S }" : "")}}]
              KeySchema: [{ AttributeName: id, KeyType: HASH }]
        {{(index ? Index : "")}}
          Other:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: other-{{deploy}}
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
              KeySchema: [{ AttributeName: id, KeyType: HASH }]

        """;
}
