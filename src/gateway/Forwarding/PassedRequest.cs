using System.Net.Http.Headers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Schema.Http;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// How a forwarded request and its answer are changed. The forwarder removes the headers of a connection (RFC 9110,
/// 7.6.1); this class does what API Gateway does. Sources: API Gateway, "Set up HTTP integrations", "Create HTTP proxy
/// integrations for HTTP APIs", "Important notes".
/// </summary>
internal sealed class PassedRequest(IncomingRequest incoming, HttpTarget target, Uri address) : HttpTransformer
{
    private static readonly HashSet<string> OfContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
        "Content-MD5", "Content-Range", "Content-Type", "Expires", "Last-Modified",
    };

    /// <summary>The answer's entry among all that wait for their clients.</summary>
    public AnswerInFlight? Place { get; init; }

    /// <summary>Whether there was not enough memory for the answer.</summary>
    public bool LacksMemory { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = address;
        if (target.Method is { } method)
            proxyRequest.Method = new HttpMethod(method);
        var headers = proxyRequest.Headers;
        foreach (var name in Listed(httpContext.Request.Headers.Connection.ToString()))
            Remove(proxyRequest, name);
        // Null stands for the server's own host name, from the address.
        headers.Host = null;
        headers.ExpectContinue = null;
        new PassedHeaders(httpContext, incoming.Stamp)
            .ForEachAdded(headers, static (headers, name, value) => Set(headers, name, value));
        if (incoming.Route.Kind == ApiKind.Rest)
            Set(headers, "x-amzn-apigateway-api-id", ApiIdentity.IdOf(incoming.Route));
        else
        {
            var host = Quoted(httpContext.Request.Headers.Host.ToString());
            var source = Node(PassedHeaders.SourceIp(httpContext));
            headers.TryAddWithoutValidation(
                "Forwarded", $"for={source};host=\"{host}\";proto={httpContext.Request.Scheme}");
        }
        headers.TryAddWithoutValidation(
            "Via", $"{(HttpProtocol.IsHttp2(httpContext.Request.Protocol) ? "2.0" : "1.1")} {LoopGuard.Mark}");
        foreach (var (name, value) in target.Headers)
        {
            Remove(proxyRequest, name);
            if (IsOfContent(name))
                proxyRequest.Content?.Headers.TryAddWithoutValidation(name, value);
            else
                headers.TryAddWithoutValidation(name, value);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken)
    {
        // Kestrel would send any number. A status below 200 is not a final answer (RFC 9110, 15), and 101 was not
        // requested.
        if (proxyResponse is { StatusCode: var status } && (int)status is < 200 or > 599)
            throw new HttpRequestException($"it answered with the status {(int)status}");
        // .NET removes the last coding and leaves the others in the body, which the client would not know (RFC 9112,
        // 7).
        if (proxyResponse is not null && proxyResponse.Headers.TransferEncoding.Any(
            coding => !coding.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase)))
            throw new HttpRequestException("it answered in a transfer coding that was not asked for");
        var length = proxyResponse?.Content.Headers.ContentLength ?? HttpForwarding.Buffer;
        var cost = AnswersInFlight.CostOf(Math.Min(length, HttpForwarding.Buffer));
        if (proxyResponse is not null && Place?.TryHold(cost) == false)
        {
            LacksMemory = true;
            throw new HttpRequestException("there is not enough memory for its answer");
        }

        var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null)
            return goesOn;
        var (headers, route) = (httpContext.Response.Headers, incoming.Route);
        foreach (var name in proxyResponse.Headers.Connection)
            headers.Remove(name);
        foreach (var (name, values) in headers.ToArray())
        {
            var sent = name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                ? name
                : ResponseHeaders.NameFor(name, route.Kind, route.Cors is not null);
            if (sent == name)
                continue;
            headers.Remove(name);
            if (sent is not null)
                headers[sent] = values;
        }

        ResponseWriter.Identify(httpContext, route, incoming.Stamp, route.Kind);
        if (target.Method is not null
            && HttpMethods.IsHead(target.Method)
            && !HttpMethods.IsHead(httpContext.Request.Method))
        {
            // The header has the length of a body that is not sent.
            httpContext.Response.ContentLength = ResponseWriter.HasContent(httpContext.Response.StatusCode) ? 0 : null;
            return false;
        }

        return HasContent(httpContext.Response) && goesOn;
    }

    // As for a function's answer, content is dropped when the status does not allow any.
    private static bool HasContent(HttpResponse response)
    {
        if (ResponseWriter.HasContent(response.StatusCode))
            return true;
        response.ContentLength = response.StatusCode switch
        {
            StatusCodes.Status205ResetContent => 0,
            StatusCodes.Status304NotModified => response.ContentLength,
            _ => null,
        };
        return false;
    }

    // API Gateway forwards only complete answers, and loses trailers as well.
    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext,
        HttpResponseMessage proxyResponse,
        CancellationToken cancellationToken) => ValueTask.CompletedTask;

    // Invalid header names are ignored (RFC 9110, 7.6.1).
    private static IEnumerable<string> Listed(string connection) =>
        OptionalWhitespace.Split(connection, ',').Where(name => HeaderSyntax.IsToken(name));

    // .NET keeps content headers apart from the others, and each collection throws for headers of the other.
    private static void Remove(HttpRequestMessage request, string name)
    {
        if (IsOfContent(name))
            request.Content?.Headers.Remove(name);
        else
            request.Headers.Remove(name);
    }

    private static bool IsOfContent(string name) => OfContent.Contains(name);

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    // RFC 7239, 6: an address with colons needs brackets and quotes.
    private static string Node(string address) =>
        address.Contains(':', StringComparison.Ordinal) ? $"\"[{address}]\"" : address;

    private static string Quoted(string? text) =>
        (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
