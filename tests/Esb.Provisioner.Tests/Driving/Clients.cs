using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Driving;

/// <summary>Access to a store without the provisioner.</summary>
internal static class Clients
{
    private static readonly BasicAWSCredentials Credentials = new(LocalStores.Key, LocalStores.Key);

    public static AmazonDynamoDBClient DynamoDb(Uri address) => new(
        Credentials, new AmazonDynamoDBConfig { ServiceURL = address.AbsoluteUri, AuthenticationRegion = "us-east-1" });

    public static AmazonS3Client S3(Uri address) => new(Credentials, new AmazonS3Config
    {
        ServiceURL = address.AbsoluteUri,
        AuthenticationRegion = "us-east-1",
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });

    /// <summary>A name that no other test uses, valid for tables and buckets.</summary>
    public static string NewName(string stem) => $"{stem}-{Guid.NewGuid().ToString("N")[..10]}";

    public static Task PutAsync(this AmazonDynamoDBClient client, string table, string id) =>
        client.PutItemAsync(
            table,
            new Dictionary<string, AttributeValue> { ["id"] = new() { S = id }, ["day"] = new() { S = "2026-01-01" } });

    public static async Task<int> CountAsync(this AmazonDynamoDBClient client, string table) =>
        (await client.ScanAsync(new ScanRequest { TableName = table })).Count ?? 0;
}
