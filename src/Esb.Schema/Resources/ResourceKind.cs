namespace Esb.Schema.Resources;

/// <summary>The kinds of resources in the file, and the property that names each.</summary>
/// <param name="Key">The list below <c>resources:</c>.</param>
/// <param name="NameProperty">The property with the name of a resource.</param>
/// <param name="Noun">The word for it in messages.</param>
public sealed record ResourceKind(string Key, string NameProperty, string Noun)
{
    /// <summary>A DynamoDB table.</summary>
    public static readonly ResourceKind Table = new("dynamodb", "TableName", "table");

    /// <summary>An S3 bucket.</summary>
    public static readonly ResourceKind Bucket = new("s3", "BucketName", "bucket");

    /// <summary>A Lambda layer.</summary>
    public static readonly ResourceKind Layer = new("layers", "Name", "layer");

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ResourceKind> All = [Table, Bucket, Layer];
}
