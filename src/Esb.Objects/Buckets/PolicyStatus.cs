using Esb.Objects.Access;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>GetBucketPolicyStatus: whether the policy opens the bucket to everybody.</summary>
internal sealed class PolicyStatus(BucketCatalog catalog, AccessCheck access)
{
    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var policy = access.PolicyOf(catalog.Require(request.Bucket));
        var isPublic = policy is { IsPublic: true };
        await request.AnswerXmlAsync(
            S3Document.Write("PolicyStatus", xml => xml.Element("IsPublic", isPublic ? "true" : "false")),
            cancellation);
    }
}
