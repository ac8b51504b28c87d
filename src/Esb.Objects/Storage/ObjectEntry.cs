namespace Esb.Objects.Storage;

/// <summary>The data of an object in a listing; kept in memory so that a listing opens no file.</summary>
internal record ObjectEntry(string Key, long Size, string ETag, DateTimeOffset LastModified)
{
    public static ObjectEntry Of(ObjectMetadata metadata) =>
        new(metadata.Key, metadata.Size, metadata.ETag, metadata.LastModified);
}

/// <summary>The data of one version in a bucket that has or had versioning.</summary>
internal sealed record VersionEntry : ObjectEntry
{
    private VersionEntry(ObjectMetadata metadata)
        : base(metadata.Key, metadata.Size, metadata.ETag, metadata.LastModified)
    {
        (Id, Place, IsDeleteMarker) = (metadata.Id, metadata.Place, metadata.IsDeleteMarker);
    }

    public string Id { get; }

    public long Place { get; }

    public bool IsDeleteMarker { get; }

    public static new VersionEntry Of(ObjectMetadata metadata) => new(metadata);
}
