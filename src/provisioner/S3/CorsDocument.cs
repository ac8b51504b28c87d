using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketCors, PutBucketCors, DeleteBucketCors.</summary>
internal sealed class CorsDocument : IBucketDocument
{
    public string Property => BucketProperty.Cors;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var answer = await client.GetCORSConfigurationAsync(bucket, cancellationToken);
        return answer.Configuration?.Rules is { Count: > 0 } rules ? new CorsSetting([.. rules.Select(Read)]) : null;
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken) => setting.IsDefault
        ? client.DeleteCORSConfigurationAsync(bucket, cancellationToken)
        : client.PutCORSConfigurationAsync(
            new PutCORSConfigurationRequest
            {
                BucketName = bucket,
                Configuration = new CORSConfiguration { Rules = [.. ((CorsSetting)setting).Rules.Select(Write)] },
            }, cancellationToken);

    private static Esb.Manifests.CorsRule Read(CORSRule rule) => new(
        string.IsNullOrEmpty(rule.Id) ? null : rule.Id, Sorted(rule.AllowedMethods), Sorted(rule.AllowedOrigins))
    {
        Headers = Sorted(rule.AllowedHeaders),
        Exposed = Sorted(rule.ExposeHeaders),
        MaxAge = rule.MaxAgeSeconds,
    };

    private static CORSRule Write(Esb.Manifests.CorsRule rule) => new()
    {
        Id = rule.Id,
        AllowedMethods = [.. rule.Methods],
        AllowedOrigins = [.. rule.Origins],
        AllowedHeaders = rule.Headers.Count == 0 ? null : [.. rule.Headers],
        ExposeHeaders = rule.Exposed.Count == 0 ? null : [.. rule.Exposed],
        MaxAgeSeconds = rule.MaxAge,
    };

    private static Sequence<string> Sorted(List<string>? texts) => [.. (texts ?? []).Order(StringComparer.Ordinal)];
}
