namespace Esb.Schema.Resources;

/// <summary>What kinds of resources the file has, and by which property each is known.</summary>
/// <param name="Key">The list below <c>resources:</c>.</param>
/// <param name="NameProperty">The property that names one.</param>
/// <param name="Noun">What people call it.</param>
public sealed record ResourceKind(string Key, string NameProperty, string Noun)
{
    /// <summary>A DynamoDB table.</summary>
    public static readonly ResourceKind Table = new("dynamodb", "TableName", "table");

    /// <summary>An S3 bucket.</summary>
    public static readonly ResourceKind Bucket = new("s3", "BucketName", "bucket");

    /// <summary>A Lambda layer.</summary>
    public static readonly ResourceKind Layer = new("layers", "Name", "layer");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ResourceKind> All = [Table, Bucket, Layer];
}
