using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>GetBucketVersioning and PutBucketVersioning.</summary>
internal sealed class VersioningOperations(BucketCatalog catalog)
{
    private const int LargestDocument = 64 * 1024;

    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation);
        var configuration = XmlElement.Parse(document, BucketSettings.VersioningRoot);
        if (configuration.Value("MfaDelete")?.Trim() is not (null or "Disabled"))
            throw S3Errors.NotImplemented("MFA delete");
        var state = configuration.Value("Status")?.Trim() switch
        {
            nameof(VersioningState.Enabled) => VersioningState.Enabled,
            nameof(VersioningState.Suspended) => VersioningState.Suspended,
            _ => throw BodyErrors.MalformedXml("Status must be Enabled or Suspended"),
        };
        bucket.Change(settings => settings.SetVersioning(state));
    }

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var state = catalog.Require(request.Bucket).Settings.Versioning;
        await request.AnswerXmlAsync(BucketSettings.ToXml(state), cancellation);
    }
}
