using Amazon.Runtime;
using Amazon.S3;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>Every method of the client of S3 in the SDK for .NET.</summary>
internal static class ObjectCalls
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["PutBucket"] = "CreateBucket",
        ["ListVersions"] = "ListObjectVersions",
        ["GetObjectMetadata"] = "HeadObject",
        ["InitiateMultipartUpload"] = "CreateMultipartUpload",
        ["CopyPart"] = "UploadPartCopy",
        ["PutCORSConfiguration"] = "PutBucketCors",
        ["GetCORSConfiguration"] = "GetBucketCors",
        ["DeleteCORSConfiguration"] = "DeleteBucketCors",
        ["PutLifecycleConfiguration"] = "PutBucketLifecycleConfiguration",
        ["GetLifecycleConfiguration"] = "GetBucketLifecycleConfiguration",
        ["DeleteLifecycleConfiguration"] = "DeleteBucketLifecycle",
        ["PutBucketNotification"] = "PutBucketNotificationConfiguration",
        ["GetBucketNotification"] = "GetBucketNotificationConfiguration",
    };

    public static async Task<IReadOnlyList<SdkRow>> RunAsync(StoresProcess stores)
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(StoresProcess.AccessKey, StoresProcess.Secret), new AmazonS3Config
            {
                ServiceURL = stores.Address.AbsoluteUri,
                AuthenticationRegion = StoresProcess.Region,
                ForcePathStyle = true,
                UseHttp = true,
                MaxErrorRetry = 0,
            });
        var rows = new Rows("S3");
        await BucketCalls.RunAsync(client, rows);
        await ContentCalls.RunAsync(client, rows);
        var helpers = await TransferCalls.RunAsync(client);
        await BucketCalls.DeleteAsync(client, rows);
        await client.PutBucketAsync("net-other");
        var texts = new Dictionary<string, string>
        {
            ["BucketName"] = "net-other",
            ["Key"] = "k",
            ["RenameSource"] = "/net-other/k",
            ["AnnotationName"] = "x",
            ["AnalyticsId"] = "x",
            ["IntelligentTieringId"] = "x",
            ["InventoryId"] = "x",
            ["MetricsId"] = "x",
        };
        await rows.AddOthersAsync<IAmazonS3>(client, texts, name => Names.GetValueOrDefault(name, name));
        await client.DeleteBucketAsync("net-other");
        // WriteGetObjectResponse goes to the host of another service, S3 Object Lambda. Of the refusal of
        // ListDirectoryBuckets this client reads only the status, and it does not send a configuration of
        // Intelligent-Tiering that lacks its parts. The methods with ACL are earlier forms of those with Acl.
        string[] apart =
        [
            "WriteGetObjectResponse", "ListDirectoryBuckets", "PutBucketIntelligentTieringConfiguration", "PutACL",
            "GetACL",
        ];
        return [.. rows.All.Where(row => !apart.Contains(row.Name)), .. helpers];
    }
}
