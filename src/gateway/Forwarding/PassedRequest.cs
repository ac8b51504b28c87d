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
/// What changes of a request and its answer on their way through. The forwarder drops what concerns one connection only (RFC 9110, 7.6.1); here
/// comes what API Gateway does. Sources: API Gateway, "Set up HTTP integrations", "Create HTTP proxy integrations for HTTP APIs", "Important
/// notes".
/// </summary>
internal sealed class PassedRequest(IncomingRequest incoming, HttpTarget target, Uri address) : HttpTransformer
{
    private static readonly HashSet<string> OfContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5", "Content-Range", "Content-Type", "Expires", "Last-Modified",
    };

    /// <summary>Of the answer among all that wait for their clients.</summary>
    public AnswerInFlight? Place { get; init; }

    /// <summary>Whether there was no room for the answer.</summary>
    public bool IsCrowdedOut { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = address;
        if (target.Method is { } method)
            proxyRequest.Method = new HttpMethod(method);
        var headers = proxyRequest.Headers;
        foreach (var name in Listed(httpContext.Request.Headers.Connection.ToString()))
            Remove(proxyRequest, name);
        // The server's own name, from the address.
        headers.Host = null;
        headers.ExpectContinue = null;
        new PassedHeaders(httpContext, incoming.Stamp).ForEachAdded(headers, static (headers, name, value) => Set(headers, name, value));
        if (incoming.Route.Kind == ApiKind.Rest)
            Set(headers, "x-amzn-apigateway-api-id", ApiIdentity.IdOf(incoming.Route));
        else
            headers.TryAddWithoutValidation("Forwarded", $"for={Node(PassedHeaders.SourceIp(httpContext))};host=\"{Quoted(httpContext.Request.Headers.Host.ToString())}\";proto={httpContext.Request.Scheme}");
        headers.TryAddWithoutValidation("Via", $"{(HttpProtocol.IsHttp2(httpContext.Request.Protocol) ? "2.0" : "1.1")} {LoopGuard.Mark}");
        foreach (var (name, value) in target.Headers)
        {
            Remove(proxyRequest, name);
            if (IsOfContent(name))
                proxyRequest.Content?.Headers.TryAddWithoutValidation(name, value);
            else
                headers.TryAddWithoutValidation(name, value);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        // Kestrel would send any number; what is below is no answer (RFC 9110, 15), and 101 was not asked for.
        if (proxyResponse is { StatusCode: var status } && (int)status is < 200 or > 599)
            throw new HttpRequestException($"it answered with the status {(int)status}");
        // .NET takes the last coding away and leaves the others in the body, of which nobody would be told (RFC 9112, 7).
        if (proxyResponse is not null && proxyResponse.Headers.TransferEncoding.Any(coding => !coding.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase)))
            throw new HttpRequestException("it answered in a transfer coding that was not asked for");
        if (proxyResponse is not null && Place?.TryHold(AnswersInFlight.CostOf(Math.Min(proxyResponse.Content.Headers.ContentLength ?? HttpForwarding.Buffer, HttpForwarding.Buffer))) == false)
        {
            IsCrowdedOut = true;
            throw new HttpRequestException("there is no room for its answer");
        }

        var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null)
            return goesOn;
        var (headers, route) = (httpContext.Response.Headers, incoming.Route);
        foreach (var name in proxyResponse.Headers.Connection)
            headers.Remove(name);
        foreach (var (name, values) in headers.ToArray())
        {
            var sent = name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? name : ResponseHeaders.NameFor(name, route.Kind, route.Cors is not null);
            if (sent == name)
                continue;
            headers.Remove(name);
            if (sent is not null)
                headers[sent] = values;
        }

        ResponseWriter.Identify(httpContext, route, incoming.Stamp, route.Kind);
        if (target.Method is not null && HttpMethods.IsHead(target.Method) && !HttpMethods.IsHead(httpContext.Request.Method))
        {
            // Its length is that of a body which nobody sends.
            httpContext.Response.ContentLength = ResponseWriter.HasContent(httpContext.Response.StatusCode) ? 0 : null;
            return false;
        }

        return HasContent(httpContext.Response) && goesOn;
    }

    // As of a function's answer: what a server sends behind such a status is dropped.
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

    // API Gateway hands answers on when they are complete; what follows a body is lost there too.
    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    // What is no name of a header names none (RFC 9110, 7.6.1).
    private static IEnumerable<string> Listed(string connection) =>
        OptionalWhitespace.Split(connection, ',').Where(name => HeaderSyntax.IsToken(name));

    // .NET keeps the fields of a body apart from the others, and neither collection lets itself be asked for one of the other's.
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

    // RFC 7239, 6: an address with colons stands in brackets and quotes.
    private static string Node(string address) => address.Contains(':', StringComparison.Ordinal) ? $"\"[{address}]\"" : address;

    private static string Quoted(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
