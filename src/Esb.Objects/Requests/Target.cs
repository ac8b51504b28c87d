using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// The target of a request: the service, a bucket or an object. It is read from the raw request line (dot segments and
/// escapes of keys must not be normalised) and the Host header (virtual-host style below <c>localhost</c>).
/// </summary>
internal sealed record Target(string Path, string? Bucket, string? Key, QueryParameters Query)
{
    public Level Level => Bucket is null ? Level.Service : Key is null ? Level.Bucket : Level.Object;

    private const string HostSuffix = ".localhost";
    private const string ServiceHostSuffix = ".s3.localhost";

    public static Target Parse(string rawTarget, string? host)
    {
        var target = WithoutOrigin(rawTarget);
        var question = target.IndexOf('?');
        var path = UriText.Decode(question < 0 ? target : target[..question]);
        var query = QueryParameters.Parse(question < 0 ? [] : target[(question + 1)..]);
        if (!path.StartsWith('/'))
            throw S3Errors.InvalidUri("the path does not start with a slash");

        if (BucketOfHost(host) is { } bucketOfHost)
            return new Target(path, bucketOfHost, NonEmpty(path[1..]), query);
        var slash = path.IndexOf('/', 1);
        return slash < 0
            ? new Target(path, NonEmpty(path[1..]), null, query)
            : new Target(path, path[1..slash], NonEmpty(path[(slash + 1)..]), query);
    }

    private static string? NonEmpty(string text) => text.Length == 0 ? null : text;

    // RFC 9112, section 3.2.2: a request line may have the absolute form.
    private static ReadOnlySpan<char> WithoutOrigin(ReadOnlySpan<char> target)
    {
        var scheme = target.StartsWith('/') ? -1 : target.IndexOf("://");
        if (scheme < 0)
            return target;
        var slash = target[(scheme + 3)..].IndexOf('/');
        return slash < 0 ? "/" : target[(scheme + 3 + slash)..];
    }

    private static string? BucketOfHost(string? host)
    {
        if (host is null)
            return null;
        var colon = host.LastIndexOf(':');
        var name = (colon < 0 ? host : host[..colon]).ToLowerInvariant();
        if (name == "s3.localhost" || !name.EndsWith(HostSuffix, StringComparison.Ordinal))
            return null;
        var suffix = name.EndsWith(ServiceHostSuffix, StringComparison.Ordinal) ? ServiceHostSuffix : HostSuffix;
        return name[..^suffix.Length];
    }
}
