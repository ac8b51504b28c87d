using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Xml;

namespace Esb.Objects.Storage;

/// <summary>What a bucket's documents say about its versions. Changed only by <see cref="Bucket.Change"/>.</summary>
internal sealed class BucketSettings(BucketDocuments documents)
{
    /// <summary>The root of the document about versioning.</summary>
    public const string VersioningRoot = "VersioningConfiguration";

    private const string VersioningDocument = "versioning";
    private const int Unknown = -1;

    private int _versioning = Unknown;

    public VersioningState Versioning
    {
        get
        {
            // Somebody may set another state while the document is being read.
            if (Volatile.Read(ref _versioning) == Unknown)
                Interlocked.CompareExchange(ref _versioning, (int)ReadVersioning(), Unknown);
            return (VersioningState)Volatile.Read(ref _versioning);
        }
    }

    /// <summary>Whether answers name versions: the bucket has or had versioning.</summary>
    public bool IsVersioned => Versioning != VersioningState.Off;

    /// <summary>Null when nothing in the bucket can be protected.</summary>
    public BucketLock? ObjectLock =>
        IsVersioned && documents.Remembered(BucketLock.Document) is { } document ? BucketLock.Parse(document) : null;

    /// <summary>The documents of a new bucket with object lock, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> OfLockedBucket { get; } = new Dictionary<string, byte[]>
    {
        [VersioningDocument] = ToXml(VersioningState.Enabled),
        [BucketLock.Document] = BucketLock.OfNewBucket,
    };

    public static byte[] ToXml(VersioningState state) => S3Document.Write(VersioningRoot, xml =>
        xml.Element("Status", state == VersioningState.Off ? null : state.ToString()));

    /// <exception cref="S3Exception">InvalidBucketState: object lock needs versioning.</exception>
    public void SetVersioning(VersioningState state)
    {
        if (ObjectLock is not null && state != VersioningState.Enabled)
            throw LockErrors.KeepsVersioning();
        documents.Put(VersioningDocument, ToXml(state));
        Volatile.Write(ref _versioning, (int)state);
    }

    /// <exception cref="S3Exception">InvalidBucketState: object lock needs versioning.</exception>
    public void SetObjectLock(ReadOnlySpan<byte> document)
    {
        if (Versioning != VersioningState.Enabled)
            throw LockErrors.NeedsVersioning();
        documents.Put(BucketLock.Document, document);
    }

    private VersioningState ReadVersioning()
    {
        if (documents.Get(VersioningDocument) is not { } document)
            return VersioningState.Off;
        return XmlElement.Parse(document, VersioningRoot).Value("Status")?.Trim() == nameof(VersioningState.Enabled)
            ? VersioningState.Enabled
            : VersioningState.Suspended;
    }
}
