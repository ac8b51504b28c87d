using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Provisioner.Contents;
using Esb.Provisioner.DynamoDb;
using Esb.Provisioner.S3;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Settings;

/// <summary>
/// Creates the clients. They do not retry: <see cref="StoreCalls"/> does, with a time limit and progress messages.
/// </summary>
internal static class StoreClients
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public static TableStore Tables(ProvisionerSettings settings, bool allowIndexRemoval, TextWriter progress) =>
        new(DynamoDb(settings), DynamoDbCalls(settings, progress), settings.DynamoDbEndpoint, allowIndexRemoval);

    public static TableContents TableContents(ProvisionerSettings settings, TextWriter progress) =>
        new(DynamoDb(settings), DynamoDbCalls(settings, progress));

    public static BucketStore Buckets(ProvisionerSettings settings, TextWriter progress) =>
        new(S3(settings), S3Calls(settings, progress), settings.S3Endpoint);

    public static BucketContents BucketContents(ProvisionerSettings settings, TextWriter progress) =>
        new(S3(settings), S3Calls(settings, progress));

    private static AmazonDynamoDBClient DynamoDb(ProvisionerSettings settings) =>
        new(With(new AmazonDynamoDBConfig(), settings.DynamoDbEndpoint, settings.Region));

    private static ExactPathClient S3(ProvisionerSettings settings)
    {
        var config = new AmazonS3Config { ForcePathStyle = settings.S3Endpoint is not null };
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return new ExactPathClient(With(config, settings.S3Endpoint, settings.Region));
    }

    private static StoreCalls DynamoDbCalls(ProvisionerSettings settings, TextWriter progress) =>
        new(
            new StoreAddress("DynamoDB", settings.DynamoDbEndpoint, ProvisionerSettings.DynamoDbVariable),
            settings.Timeout,
            progress);

    private static StoreCalls S3Calls(ProvisionerSettings settings, TextWriter progress) =>
        new(new StoreAddress("S3", settings.S3Endpoint, ProvisionerSettings.S3Variable), settings.Timeout, progress);

    private static T With<T>(T config, Uri? endpoint, string region)
        where T : ClientConfig
    {
        config.MaxErrorRetry = 0;
        config.Timeout = CallTimeout;
        if (endpoint is null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.AbsoluteUri, region);
        return config;
    }
}
