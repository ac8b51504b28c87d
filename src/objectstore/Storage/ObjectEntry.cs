namespace Esb.ObjectStore.Storage;

/// <summary>What a listing tells about an object; kept in memory so that listing opens no file.</summary>
internal sealed record ObjectEntry(string Key, long Size, string ETag, DateTimeOffset LastModified)
{
    public static ObjectEntry Of(ObjectMetadata metadata) =>
        new(metadata.Key, metadata.Size, metadata.ETag, metadata.LastModified);
}
