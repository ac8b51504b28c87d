using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketWebsite, PutBucketWebsite.</summary>
internal sealed class WebsiteDocument : IBucketDocument
{
    public string Property => BucketProperty.Website;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var website = (await client.GetBucketWebsiteAsync(bucket, cancellationToken)).WebsiteConfiguration;
        var redirect = website?.RedirectAllRequestsTo;
        return website is null || (website.IndexDocumentSuffix is null && redirect is null)
            ? null
            : new WebsiteSetting(
                Given(website.IndexDocumentSuffix),
                Given(website.ErrorDocument),
                Given(redirect?.HostName),
                Given(redirect?.Protocol));
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken)
    {
        var website = (WebsiteSetting)setting;
        var configuration = new WebsiteConfiguration
        {
            IndexDocumentSuffix = website.Index,
            ErrorDocument = website.Error,
            RedirectAllRequestsTo = website.RedirectHost is null
                ? null
                : new RoutingRuleRedirect { HostName = website.RedirectHost, Protocol = website.RedirectProtocol },
        };
        return client.PutBucketWebsiteAsync(bucket, configuration, cancellationToken);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
