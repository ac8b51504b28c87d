using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Provisioner.DynamoDb;
using Esb.Provisioner.S3;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Settings;

/// <summary>Settings → clients. They do not try again themselves: <see cref="StoreCalls"/> does, with a limit and a word to whoever watches.</summary>
internal static class StoreClients
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public static TableStore Tables(ProvisionerSettings settings, bool allowIndexRemoval, TextWriter progress)
    {
        var client = new AmazonDynamoDBClient(With(new AmazonDynamoDBConfig(), settings.DynamoDbEndpoint, settings.Region));
        var address = new StoreAddress("DynamoDB", settings.DynamoDbEndpoint, ProvisionerSettings.DynamoDbVariable);
        return new TableStore(client, new StoreCalls(address, settings.Timeout, progress), settings.DynamoDbEndpoint, allowIndexRemoval);
    }

    public static BucketStore Buckets(ProvisionerSettings settings, TextWriter progress)
    {
        var config = With(new AmazonS3Config { ForcePathStyle = settings.S3Endpoint is not null }, settings.S3Endpoint, settings.Region);
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        var address = new StoreAddress("S3", settings.S3Endpoint, ProvisionerSettings.S3Variable);
        return new BucketStore(new AmazonS3Client(config), new StoreCalls(address, settings.Timeout, progress), settings.S3Endpoint);
    }

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
