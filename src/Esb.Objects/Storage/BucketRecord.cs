namespace Esb.Objects.Storage;

/// <summary>
/// The record of a bucket itself, in <c>bucket.json</c>. An empty location means us-east-1, as on AWS.
/// </summary>
internal sealed record BucketRecord(DateTimeOffset Created, string Location);
