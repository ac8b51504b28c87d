using System.Buffers;
using System.Text;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Listening;

/// <summary>
/// Checks the request line and the fields of each request on a port with HTTP/2. When a head is too large or not valid
/// text, Kestrel ends the whole HTTP/2 connection, and so fails the requests of all clients of a proxy. For this reason
/// Kestrel's limits are raised, and the port's limits are enforced here, for each request, with the same statuses as
/// over HTTP/1.1.
/// </summary>
internal sealed class RequestHead
{
    // Over HTTP/2 Kestrel ends a connection at twice these values: 32 KiB, which most proxies pass on, and 1,000
    // fields. A few compressed bytes may stand for all of that, which needs four times as much memory. With many more
    // fields with the same name the cost would be quadratic.
    private const int KestrelBytes = 16 * 1024;
    private const int KestrelFields = 500;

    // Around a request line: two spaces, HTTP/1.1 and a line break. Around a field: a colon, a space and a line break.
    private const int AroundLine = 12;
    private const int AroundField = 4;

    private readonly int _line;
    private readonly int _bytes;
    private readonly int _fields;

    private RequestHead(KestrelServerLimits limits) =>
        (_line, _bytes, _fields) =
            (limits.MaxRequestLineSize, limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount);

    /// <summary>Takes over the limits from Kestrel.</summary>
    public static RequestHead TakeOver(KestrelServerOptions options)
    {
        var limits = options.Limits;
        var head = new RequestHead(limits);
        limits.MaxRequestLineSize = Math.Max(limits.MaxRequestLineSize, KestrelBytes);
        limits.MaxRequestHeadersTotalSize = Math.Max(limits.MaxRequestHeadersTotalSize, KestrelBytes);
        limits.MaxRequestHeaderCount = Math.Max(limits.MaxRequestHeaderCount, KestrelFields);
        limits.Http2.MaxRequestHeaderFieldSize = limits.MaxRequestHeadersTotalSize * 2;
        options.RequestHeaderEncodingSelector = EncodingFor;
        return head;
    }

    private static Encoding EncodingFor(string name) =>
        name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase) ? LengthEncoding.Countable
            : name is [':', ..] ? HeaderEncoding.OfLine
            : HeaderEncoding.OfFields;

    /// <summary>Calls <paramref name="handler"/> for requests within the limits.</summary>
    public RequestDelegate Around(RequestDelegate handler) => context =>
    {
        var status = Fault(context);
        if (status == 0)
            return handler(context);
        Forget(context.Request.Headers);
        context.Response.Headers.Connection = HttpProtocol.IsHttp2(context.Request.Protocol) ? default : "close";
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    };

    // The status of the refusal; zero for a valid request.
    private int Fault(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (request.Method.Length + target.Length + AroundLine > _line)
            return StatusCodes.Status414UriTooLong;
        var (bytes, fields, isText) = Measure(request.Headers);
        if (bytes > _bytes || fields > _fields)
            return StatusCodes.Status431RequestHeaderFieldsTooLarge;
        return isText && request.ContentLength != LengthEncoding.NoLength ? 0 : StatusCodes.Status400BadRequest;
    }

    // The headers are copied into a reused array, since enumerating them would allocate memory.
    private static (int Bytes, int Fields, bool IsText) Measure(IHeaderDictionary headers)
    {
        var count = headers.Count;
        var copied = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(count);
        headers.CopyTo(copied, 0);
        var (bytes, fields, isText) = (0, 0, true);
        foreach (var (name, values) in copied.AsSpan(0, count))
        {
            foreach (var value in values)
            {
                bytes += name.Length + Encoding.UTF8.GetByteCount(value ?? "") + AroundField;
                fields++;
                isText &= value?.Contains(HeaderEncoding.Mark, StringComparison.Ordinal) != true;
            }
        }

        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(copied, clearArray: true);
        return (bytes, fields, isText);
    }

    // Kestrel keeps the values and uses them again if the next request of the connection or stream has the same ones.
    private static void Forget(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.ToArray())
            headers.Remove(name);
    }
}
