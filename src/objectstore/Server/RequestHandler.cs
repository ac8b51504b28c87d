using System.Security.Cryptography;
using Esb.ObjectStore.Access;
using Esb.ObjectStore.Buckets.Cors;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Posting;
using Esb.ObjectStore.Requests;
using Esb.ObjectStore.Signing;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.ObjectStore.Server;

/// <summary>
/// The path that every request takes: address, signature, permission, operation. This is the only place where errors become
/// answers.
/// </summary>
internal sealed class RequestHandler(
    OriginCheck origins,
    RequestAuthenticator authenticator,
    AccessCheck access,
    OperationTable operations,
    CorsAnswers cors,
    PostObject posts,
    ILogger<RequestHandler> log)
{
    /// <summary>The health check, for the program that started the server; no bucket can have this name.</summary>
    private const string HealthPath = "/-/health";

    public async Task HandleAsync(HttpContext http)
    {
        ExpectedContinue.Guard(http);
        var requestId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        http.Response.Headers["x-amz-request-id"] = requestId;
        http.Response.Headers["x-amz-id-2"] = requestId;
        try
        {
            if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == HealthPath)
                await http.Response.WriteAsync("ok", http.RequestAborted);
            else
                await AnswerAsync(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(log, requestId, http.Request.Method, http.Request.Path, e.GetType().Name);
        }
        catch (S3Exception error)
        {
            Log.Refused(log, requestId, http.Request.Method, http.Request.Path, error.Code);
            await ErrorAnswer.SendAsync(http, error, requestId);
        }
        catch (BadHttpRequestException e)
        {
            Log.Refused(log, requestId, http.Request.Method, http.Request.Path, e.Message);
            await ErrorAnswer.SendAsync(http, new S3Exception(e.StatusCode, "IncompleteBody", e.Message), requestId);
        }
        catch (Exception e)
        {
            Log.Failed(log, requestId, http.Request.Method, http.Request.Path, e);
            await ErrorAnswer.SendAsync(
                http, new S3Exception(500, "InternalError", $"The object store failed: {e.Message}"), requestId);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        RequestFraming.Check(http);
        origins.Check(http.Request);
        var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = Target.Parse(rawTarget, http.Request.Headers.Host.ToString());
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            cors.AnswerPreflight(http, target);
            return;
        }

        cors.Prepare(http, target);
        if (PostObject.Is(http.Request, target))
        {
            await posts.AnswerAsync(http, target, http.RequestAborted);
            return;
        }

        var request = new S3Request(http, target, authenticator.Authenticate(http.Request, target))
        {
            Access = access,
        };
        HoistedHeaders.MoveTo(request.Headers, target.Query);
        HeaderRules.Verify(request.Headers);
        access.Verify(http.Request, target, ActionNames.Of(request), request.Authentication.IsAnonymous);
        await operations.Find(request)(request, http.RequestAborted);
    }
}
