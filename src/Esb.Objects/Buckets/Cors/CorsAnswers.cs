using System.Globalization;
using System.Runtime.CompilerServices;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Schema.Http;

namespace Esb.Objects.Buckets.Cors;

/// <summary>
/// CORS answers: preflights, which are never signed, and the headers of every other answer, errors included. Source:
/// Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)".
/// </summary>
internal sealed class CorsAnswers(BucketCatalog catalog)
{
    /// <summary>The name of the sub-resource.</summary>
    public const string Document = "cors";

    private const string Varies = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    // A single request cannot have more headers either.
    private const int MostHeaders = 100;

    // The keys are document arrays: a replaced document is a new array, and the rules of the old one are collected with
    // it.
    private readonly ConditionalWeakTable<byte[], CorsConfiguration> _parsed = [];

    /// <summary>Answers a preflight.</summary>
    /// <exception cref="S3Exception">BadRequest, or AccessForbidden when no rule allows the request.</exception>
    public void AnswerPreflight(HttpContext http, Target target)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            throw CorsErrors.NoOrigin();
        var method = http.Request.Headers.AccessControlRequestMethod.ToString();
        if (method.Length == 0)
            throw CorsErrors.NoMethod();
        var rules = Of(target) ?? throw CorsErrors.NotEnabled(method, target.Key is not null);
        var headers = RequestedHeaders(http.Request);
        // These values become response headers, and browsers send no other values.
        var isAnswerable =
            HeaderText.IsSendable(origin) && headers.Count <= MostHeaders && headers.TrueForAll(HeaderText.IsName);
        var rule = (isAnswerable ? rules.Find(origin, method, headers) : null)
            ?? throw CorsErrors.NotAllowed(method, target.Key is not null);
        Write(http.Response.Headers, rule, origin);
        if (headers.Count > 0)
            http.Response.Headers.AccessControlAllowHeaders = string.Join(
                ", ", headers.Select(header => header.ToLowerInvariant()));
        http.Response.ContentLength = 0;
    }

    /// <summary>Makes sure that the answer, even if it is an error, has the headers of the matching rule.</summary>
    public void Prepare(HttpContext http, Target target)
    {
        // When a bucket has rules, every answer has a Vary header, because what caches return must not depend on who
        // asks first.
        if (Of(target) is not { } rules)
            return;
        var origin = http.Request.Headers.Origin.ToString();
        var rule =
            origin.Length == 0 || !HeaderText.IsSendable(origin) ? null : rules.Find(origin, http.Request.Method, []);
        http.Response.OnStarting(() =>
        {
            if (rule is null)
                http.Response.Headers.Vary = Varies;
            else
                Write(http.Response.Headers, rule, origin);
            return Task.CompletedTask;
        });
    }

    private CorsConfiguration? Of(Target target)
    {
        if (target.Bucket is null || catalog.Find(target.Bucket)?.Documents.Remembered(Document) is not { } document)
            return null;
        if (_parsed.TryGetValue(document, out var known))
            return known;
        try
        {
            return _parsed.GetValue(document, bytes => CorsConfiguration.Parse(bytes));
        }
        catch (S3Exception)
        {
            // The document was stored before documents were validated, or is damaged. It allows nothing.
            return null;
        }
    }

    private static void Write(IHeaderDictionary headers, CorsRule rule, string origin)
    {
        headers.AccessControlAllowOrigin = rule.IsForAll ? "*" : origin;
        if (!rule.IsForAll)
            headers.AccessControlAllowCredentials = "true";
        headers.AccessControlAllowMethods = string.Join(", ", rule.Methods);
        if (rule.Exposed.Count > 0)
            headers.AccessControlExposeHeaders = string.Join(", ", rule.Exposed);
        if (rule.MaxAgeSeconds is { } seconds)
            headers.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
        headers.Vary = Varies;
    }

    private static List<string> RequestedHeaders(HttpRequest request) =>
        [.. OptionalWhitespace.Split(request.Headers.AccessControlRequestHeaders.ToString(), ',')];
}
