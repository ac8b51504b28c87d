using Esb.Manifests;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Manifests of one bucket, as people write them.</summary>
internal static class BucketManifests
{
    public const string Rare = """
        VersioningConfiguration: {Status: Enabled}
        NotificationConfiguration:
          QueueConfigurations:
            - Event: "s3:ObjectCreated:*"
              Queue: arn:aws:sqs:us-east-1:123456789012:arrivals
              Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}]}}
        WebsiteConfiguration: {IndexDocument: index.html, ErrorDocument: error.html}
        """;

    public static string Of(string bucket, string more) => $"""
        resources:
          s3:
            - BucketName: {bucket}
        {string.Join('\n', more.Split('\n').Select(line => "      " + line))}
        """;

    public static string Cors(string origin) => $$"""
        CorsConfiguration:
          CorsRules:
            - AllowedMethods: [PUT, GET]
              AllowedOrigins: ["{{origin}}"]
              AllowedHeaders: ["*"]
              MaxAge: 60
        """;

    public static string Lifecycle(int days) => $$"""
        LifecycleConfiguration:
          Rules:
            - {Id: old, Status: Enabled, Prefix: old/, ExpirationInDays: {{days}}}
            - Status: Enabled
              Prefix: logs/
              TagFilters: [{Key: kind, Value: debug}]
              ExpirationInDays: 90
              Transitions: [{StorageClass: STANDARD_IA, TransitionInDays: 30}]
              AbortIncompleteMultipartUpload: {DaysAfterInitiation: 2}
        """;

    public static string Administration(string bucket) => $$$"""
        Tags: [{Key: team, Value: shop}]
        BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}
        PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: true}
        PolicyDocument:
          Version: 2012-10-17
          Statement:
            - Effect: Allow
              Principal: {AWS: ["arn:aws:iam::123456789012:root"]}
              Action: ["s3:GetObject"]
              Resource: "arn:aws:s3:::{{{bucket}}}/*"
        """;
}
