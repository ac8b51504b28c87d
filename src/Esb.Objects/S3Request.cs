using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Signing;

namespace Esb.Objects;

/// <summary>One authenticated request and the methods for answering it.</summary>
internal sealed class S3Request(HttpContext http, Target target, Authentication authentication)
{
    public const int MaxKeyBytes = 1024;

    public HttpContext Http { get; } = http;

    public Target Target { get; } = target;

    public Authentication Authentication { get; } = authentication;

    /// <summary>What the caller may do.</summary>
    public required IRequestAccess Access { get; init; }

    public string Method => Http.Request.Method;

    public QueryParameters Query => Target.Query;

    public IHeaderDictionary Headers => Http.Request.Headers;

    public HttpResponse Response => Http.Response;

    public string Bucket => Target.Bucket ?? throw S3Errors.InvalidRequest("The request names no bucket.");

    public string Key
    {
        get
        {
            var key = Target.Key ?? throw S3Errors.InvalidRequest("The request names no key.");
            return Encoding.UTF8.GetByteCount(key) <= MaxKeyBytes ? key : throw S3Errors.KeyTooLong();
        }
    }

    /// <summary>The version that the request names; null for the current one.</summary>
    /// <exception cref="S3Exception">InvalidArgument for what cannot be an id.</exception>
    public string? VersionId => Requests.VersionId.Verified("versionId", Query["versionId"]);

    /// <summary>The value of a header; null when it is absent or empty.</summary>
    public string? Header(string name)
    {
        var value = Headers[name].ToString();
        return value.Length == 0 ? null : value;
    }

    public void AnswerNothing(int status) => Response.StatusCode = status;

    public Task AnswerXmlAsync(byte[] document, CancellationToken cancellation) =>
        AnswerAsync(document, "application/xml", cancellation);

    public async Task AnswerAsync(byte[] document, string contentType, CancellationToken cancellation)
    {
        AnswerBuffer.All.ThrowIfFull(document.Length);
        Response.ContentType = contentType;
        Response.ContentLength = document.Length;
        await AnswerBuffer.All.SendAsync(Http, document, cancellation);
    }
}
