using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Objects;

/// <summary>Get and put of the retention and the legal hold of a version.</summary>
internal sealed class ObjectProtection(BucketCatalog catalog, TimeProvider clock)
{
    private const int LargestDocument = 64 * 1024;
    private const string RetentionRoot = "Retention";
    private const string HoldRoot = "LegalHold";

    public async Task GetRetentionAsync(S3Request request, CancellationToken cancellation)
    {
        var retention = Read(request)?.Retention ?? throw LockErrors.NoProtection();
        await request.AnswerXmlAsync(
            S3Document.Write(RetentionRoot, xml =>
            {
                xml.Element("Mode", retention.Mode);
                xml.Element("RetainUntilDate", retention.Until);
            }),
            cancellation);
    }

    public async Task PutRetentionAsync(S3Request request, CancellationToken cancellation)
    {
        var document = await ReadDocumentAsync(request, "Put Object Retention requests", cancellation);
        var now = clock.GetUtcNow();
        var retention = RetentionOf(XmlElement.Parse(document, RetentionRoot), now);
        request.Access.VerifyDocument(new Attachments([], retention?.Mode, retention?.Until.ToString("O")));
        var bypasses = LockHeaders.BypassesGovernance(request.Headers);
        await MetadataChange.ApplyAsync(
            request,
            catalog,
            before => before with
            {
                Protection = (before.Protection ?? Protection.None).With(retention, now, bypasses),
            },
            cancellation);
        request.AnswerNothing(200);
    }

    public async Task GetHoldAsync(S3Request request, CancellationToken cancellation)
    {
        var hold = Read(request)?.LegalHold ?? throw LockErrors.NoProtection();
        await request.AnswerXmlAsync(S3Document.Write(HoldRoot, xml => xml.Element("Status", hold)), cancellation);
    }

    public async Task PutHoldAsync(S3Request request, CancellationToken cancellation)
    {
        var document = await ReadDocumentAsync(request, "Put Object Legal Hold requests", cancellation);
        var hold = XmlElement.Parse(document, HoldRoot).Value("Status")?.Trim();
        if (!Protection.IsHold(hold))
            throw BodyErrors.MalformedXml("Status must be ON or OFF");
        request.Access.VerifyDocument(new Attachments([], LegalHold: hold));
        await MetadataChange.ApplyAsync(
            request,
            catalog,
            before => before with { Protection = (before.Protection ?? Protection.None) with { LegalHold = hold } },
            cancellation);
        request.AnswerNothing(200);
    }

    private Protection? Read(S3Request request)
    {
        using var opened = RequireLock(request).Open(request.Key, request.VersionId);
        return opened.Metadata.Protection;
    }

    private async Task<ReadOnlyMemory<byte>> ReadDocumentAsync(
        S3Request request,
        string what,
        CancellationToken cancellation)
    {
        RequireLock(request);
        LockHeaders.VerifyDigest(request.Headers, what);
        return await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation);
    }

    private Bucket RequireLock(S3Request request)
    {
        var bucket = catalog.Require(request.Bucket);
        return bucket.Settings.ObjectLock is null ? throw LockErrors.NoLock() : bucket;
    }

    // An empty document removes the retention.
    private static Retention? RetentionOf(XmlElement document, DateTimeOffset now)
    {
        if (document.Children.Count == 0)
            return null;
        var (mode, until) = (document.Value("Mode")?.Trim(), document.Value("RetainUntilDate")?.Trim());
        if (!Retention.IsMode(mode))
            throw BodyErrors.MalformedXml("Mode must be GOVERNANCE or COMPLIANCE");
        var time = Retention.ParseTime(until)
            ?? throw BodyErrors.MalformedXml("RetainUntilDate must be a time in ISO 8601");
        return time > now ? new Retention(mode!, time) : throw LockErrors.NotInFuture("RetainUntilDate", until!);
    }
}
