using Esb.Stores.Errors;
using Esb.Stores.Protocols;
using Esb.Stores.Signing;
using Esb.Tables;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Esb.Stores.Routing;

/// <summary>Requests by the API of DynamoDB and that of its streams.</summary>
internal sealed class TableRequests(TablesService tables, SignatureCheck signatures) : IService
{
    /// <summary>The service in the scope of signatures.</summary>
    public const string Scope = "dynamodb";

    private const int BytesPerSecond = 240;

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);
    private static readonly byte[] UnknownOperation = "<UnknownOperationException/>\n"u8.ToArray();

    public string Name => Scope;

    public IReadOnlyList<string> Targets { get; } = ["DynamoDB_20120810", "DynamoDBStreams_20120810"];

    public bool ServesPages => false;

    public bool HasForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path == "/" && JsonBody.IsJson(request);

    public string Identify(HttpResponse response) => JsonAnswer.Identify(response);

    public async Task AnswerAsync(HttpContext http)
    {
        RequireSpeed(http);
        var body = await JsonBody.ReadAsync(http, http.RequestAborted);
        if (!HttpMethods.IsPost(http.Request.Method) || !(body.IsEmpty || JsonBody.IsJson(http.Request)))
        {
            await JsonAnswer.SendTextAsync(http, StatusCodes.Status404NotFound, UnknownOperation);
            return;
        }

        using var request = tables.Read(http.Request.Headers["X-Amz-Target"].ToString(), body);
        signatures.Check(http.Request, body);
        var answer = await TablesService.RunAsync(request, http.RequestAborted);
        await JsonAnswer.SendAsync(http, answer.Status, answer.Body);
    }

    public async Task<string?> AnswerErrorAsync(HttpContext http, string requestId, Exception error)
    {
        var known = Known(error);
        var answer = ErrorDocument.Of(known ?? new TableException(
            "InternalServerError", "The request processing has failed because of an unknown error.", 500));
        await JsonAnswer.SendErrorAsync(http, answer.Status, answer.Body);
        return known?.ErrorType;
    }

    // A body is in memory until it is complete, so slow senders are disconnected. Those of objects are streams.
    private static void RequireSpeed(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(BytesPerSecond, GracePeriod);
    }

    private static TableException? Known(Exception error) => error switch
    {
        TableException e => e,
        RequestException e => new TableException(e.Code, e.Message, e.Status),
        BadHttpRequestException e => new TableException("SerializationException", e.Message, e.StatusCode),
        _ => null,
    };
}
