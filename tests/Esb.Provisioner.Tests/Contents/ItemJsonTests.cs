using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Esb.Provisioner.Contents;

namespace Esb.Provisioner.Tests.Contents;

public sealed class ItemJsonTests
{
    // DynamoDB's limit. Source: AWS, DynamoDB developer guide, "Quotas": nested attributes.
    private const int DeepestLevel = 32;

    [Test]
    public async Task An_item_that_is_nested_as_deeply_as_DynamoDB_allows_is_read_back()
    {
        var value = new AttributeValue { S = "bottom" };
        for (var level = 0; level < DeepestLevel; level++)
            value = new AttributeValue { M = new() { ["inside"] = value } };
        using var line = new MemoryStream();
        await using (var json = new Utf8JsonWriter(line))
            ItemJson.Write(json, new() { ["id"] = value });

        var item = ItemJson.Read(Encoding.UTF8.GetString(line.ToArray()));

        var found = item["id"];
        for (var level = 0; level < DeepestLevel; level++)
            found = found.M["inside"];
        await Assert.That(found.S).IsEqualTo("bottom");
    }
}
