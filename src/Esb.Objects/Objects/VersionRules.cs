using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// Which operations take the id of a version, a protection, or the conditions of a delete. In all others they would be
/// ignored, so they are refused.
/// </summary>
internal static class VersionRules
{
    private static readonly string[] OfVersions = ["", "tagging", "retention", "legal-hold", "acl", "attributes"];

    /// <param name="request">The request.</param>
    /// <param name="isOfObject">Whether it names a key.</param>
    /// <param name="subResource">Its sub-resource; empty for none.</param>
    /// <exception cref="S3Exception">InvalidArgument or NotImplemented.</exception>
    public static void Verify(S3Request request, bool isOfObject, string subResource)
    {
        var writes = request.Method is "PUT" or "POST";
        if (request.Query.Has("versionId")
            && !(isOfObject && OfVersions.Contains(subResource) && !(writes && subResource.Length == 0)))
            throw S3Errors.InvalidArgument(
                "versionId", request.Query["versionId"]!, "This operation does not accept a version-id.");
        if (!isOfObject || (request.Method, subResource) is not (("PUT", "" or "(copy)") or ("POST", "uploads")))
            HeaderRules.Refuse(request.Headers, LockHeaders.OfWrites);
        if (!isOfObject || (request.Method, subResource) is not ("DELETE", ""))
            HeaderRules.Refuse(request.Headers, WriteCondition.OfDeletes);
    }
}
