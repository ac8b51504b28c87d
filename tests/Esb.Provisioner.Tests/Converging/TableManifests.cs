using Esb.Manifests;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Manifests of one table, as people write them.</summary>
internal static class TableManifests
{
    public static string Plain(string table, string more = "", string attributes = "") => $$"""
        resources:
          dynamodb:
            - TableName: {{table}}
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions:
                - {AttributeName: id, AttributeType: S}
        {{Indented(attributes, 8)}}
              BillingMode: PAY_PER_REQUEST
        {{Indented(more, 6)}}
        """;

    public static string WithIndex(
        string table,
        string index = "by-day",
        string attribute = "day",
        string more = "") => Plain(
        table,
        $$"""
        GlobalSecondaryIndexes:
          - IndexName: {{index}}
            KeySchema: [{AttributeName: {{attribute}}, KeyType: HASH}]
            Projection: {ProjectionType: ALL}
        {{more}}
        """,
        $"- {{AttributeName: {attribute}, AttributeType: S}}");

    public static string TimeToLive(string attribute) =>
        $"TimeToLiveSpecification: {{AttributeName: {attribute}, Enabled: true}}";

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
