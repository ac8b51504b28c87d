namespace Esb.Objects.Storage;

/// <summary>The data of an object in a listing; kept in memory so that a listing opens no file.</summary>
internal sealed record ObjectEntry(string Key, long Size, string ETag, DateTimeOffset LastModified)
{
    public static ObjectEntry Of(ObjectMetadata metadata) =>
        new(metadata.Key, metadata.Size, metadata.ETag, metadata.LastModified);
}
