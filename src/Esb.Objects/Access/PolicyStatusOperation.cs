using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Access;

/// <summary>GetBucketPolicyStatus: whether the policy opens the bucket to everybody.</summary>
internal sealed class PolicyStatusOperation(BucketCatalog catalog)
{
    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var policy = request.Access.PolicyOf(catalog.Require(request.Bucket));
        var isPublic = policy is { IsPublic: true };
        await request.AnswerXmlAsync(
            S3Document.Write("PolicyStatus", xml => xml.Element("IsPublic", isPublic ? "true" : "false")),
            cancellation);
    }
}
