namespace Esb.Gateway.Authorizers;

/// <summary>
/// A resource that a policy denies, as it is meant here. On AWS an API has an id, an account and a region that no file of this machine knows: a
/// denial that names those of AWS must not be lost, since whoever wrote it meant some API to be closed. So partition, region and account count
/// for nothing, and an id that none of the APIs here has stands for the one that is asked. Stage, method and path are compared as they are.
/// </summary>
internal static class DeniedResource
{
    private const string Service = "execute-api";

    /// <summary>The resource with what is not known here replaced by what the request's own ARN has.</summary>
    public static string Here(string resource, RequestArn request)
    {
        if (resource.Split(':', 6) is not ["arn", _, Service, _, _, var denied] || request.Text.Split(':', 6) is not [.. var start, var own] || start.Length != 5)
            return resource;
        var slash = denied.IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? denied : denied[..slash];
        var isKnown = PolicyDocument.Fits(id, own.Split('/')[0]) || request.Apis.Any(known => PolicyDocument.Fits(id, known));
        return string.Join(':', [.. start, (isKnown ? id : own.Split('/')[0]) + (slash < 0 ? "" : denied[slash..])]);
    }
}
