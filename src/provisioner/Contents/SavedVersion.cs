using Amazon.S3.Model;

namespace Esb.Provisioner.Contents;

/// <summary>One version of an object, as a snapshot and a listing identify it.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="VersionId">The version; null when the object was written without versioning.</param>
/// <param name="ETag">The ETag without quotes; null for a delete marker.</param>
internal sealed record SavedVersion(string Key, string? VersionId, string? ETag)
{
    public static SavedVersion Of(S3ObjectVersion listed) => new(
        listed.Key,
        listed.VersionId is "null" or "" ? null : listed.VersionId,
        listed.IsDeleteMarker == true ? null : Unquoted(listed.ETag));

    public static SavedVersion Of(StoredObject stored) => new(stored.Key, stored.VersionId, stored.ETag);

    public static string? Unquoted(string? etag) => etag?.Trim('"');
}
