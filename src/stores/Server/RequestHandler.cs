using System.Security.Cryptography;
using System.Text;
using Esb.Schema.Http;
using Esb.Stores.Signing;
using Esb.Tables;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Stores.Server;

/// <summary>
/// Handles all requests: checks the address, the form, the body and the signature, and then calls the service. This is
/// the only place where errors become answers.
/// </summary>
internal sealed class RequestHandler(
    OriginCheck origins, SignatureCheck signatures, TablesService tables, ILogger<RequestHandler> log)
{
    /// <summary>The path of the health check, which the program that started the server uses.</summary>
    private const string HealthPath = "/-/health";

    private const int IdLength = 52;
    private static readonly byte[] UnknownOperation = "<UnknownOperationException/>\n"u8.ToArray();
    private readonly byte[] _healthy =
        Encoding.ASCII.GetBytes($"healthy: dynamodb.{signatures.Region}.amazonaws.com ");

    public async Task HandleAsync(HttpContext http)
    {
        var requestId = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", IdLength);
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        try
        {
            await AnswerAsync(http, target);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(log, requestId, target, e.GetType().Name);
        }
        catch (TableException error)
        {
            await SendAsync(http, ErrorDocument.Of(error));
        }
        catch (BadHttpRequestException e)
        {
            await SendAsync(
                http, ErrorDocument.Of(new TableException("SerializationException", e.Message, e.StatusCode)));
        }
        catch (Exception e)
        {
            Log.Failed(log, requestId, target, e);
            await SendAsync(http, ErrorDocument.Of(new TableException(
                "InternalServerError", "The request processing has failed because of an unknown error.", 500)));
        }
    }

    private async Task AnswerAsync(HttpContext http, string target)
    {
        RequireForm(http);
        origins.Check(http.Request);
        if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == HealthPath)
        {
            await http.Response.WriteAsync("ok", http.RequestAborted);
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            await JsonAnswer.SendTextAsync(http, StatusCodes.Status200OK, _healthy);
            return;
        }

        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (!IsJsonRequest(http.Request, body))
        {
            await JsonAnswer.SendTextAsync(http, StatusCodes.Status404NotFound, UnknownOperation);
            return;
        }

        using var request = tables.Read(target, body);
        signatures.Check(http.Request, body);
        await SendAsync(http, await TablesService.RunAsync(request, http.RequestAborted));
    }

    private static bool IsJsonRequest(HttpRequest request, ReadOnlyMemory<byte> body) =>
        HttpMethods.IsPost(request.Method)
        && (body.IsEmpty || JsonAnswer.RequestType(request) is "application/json" or "application/x-amz-json-1.0");

    /// <summary>Rejects a request whose end is ambiguous, and closes its connection.</summary>
    private static void RequireForm(HttpContext http)
    {
        var request = http.Request;
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(TransferCodings.MovedLength);
        if (!TransferCodings.AreAmbiguous(
            request.Headers.TransferEncoding, hasLength, HttpProtocol.IsHttp10(request.Protocol)))
            return;
        http.Response.Headers.Connection = "close";
        throw new TableException(
            "SerializationException", "Transfer-Encoding may be 'chunked' alone, without a Content-Length.");
    }

    private static async Task SendAsync(HttpContext http, TablesAnswer answer)
    {
        if (http.Response.HasStarted)
            http.Abort();
        else
            await JsonAnswer.SendAsync(http, answer.Status, answer.Body);
    }
}
