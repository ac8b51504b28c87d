namespace Esb.Gateway.Authorizers;

/// <summary>
/// Interprets a resource that a policy denies. On AWS an API has an id, an account and a region that no file here
/// contains. A denial with the values from AWS must still take effect, since its author wanted to close an API. So the
/// partition, region and account are ignored, and an id that belongs to no API here stands for the requested API.
/// Stage, method and path are compared unchanged.
/// </summary>
internal static class DeniedResource
{
    private const string Service = "execute-api";

    /// <summary>The resource, with unknown parts replaced by those of the request's ARN.</summary>
    public static string ForRequest(string resource, RequestArn request)
    {
        if (resource.Split(':', 6) is not ["arn", _, Service, _, _, var denied]
            || request.Text.Split(':', 6) is not [.. var start, var own]
            || start.Length != 5)
            return resource;
        var slash = denied.IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? denied : denied[..slash];
        var isKnown = PolicyDocument.Fits(id, own.Split('/')[0])
            || request.Apis.Any(known => PolicyDocument.Fits(id, known));
        return string.Join(':', [.. start, (isKnown ? id : own.Split('/')[0]) + (slash < 0 ? "" : denied[slash..])]);
    }
}
