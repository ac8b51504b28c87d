using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// Connects Kestrel with a handler. The context is reused for all requests of a connection; there is no middleware,
/// endpoint routing or service scope.
/// </summary>
internal sealed partial class HttpApplication(RequestDelegate handler, ILogger logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<HttpContext> connection)
            return new DefaultHttpContext(contextFeatures);
        if (connection.HostContext is not DefaultHttpContext context)
            return connection.HostContext = new DefaultHttpContext(contextFeatures);
        context.Initialize(contextFeatures);
        return context;
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            ExpectedContinue.Guard(context);
            await handler(context);
        }
        catch (BadHttpRequestException e)
        {
            if (!context.Response.HasStarted)
                AnswerInstead(context, e.StatusCode);
        }
        catch (IOException e) when (e.InnerException is OverflowException && !context.Response.HasStarted)
        {
            // Kestrel's exception for a chunk size that overflows.
            AnswerInstead(context, StatusCodes.Status400BadRequest);
        }
        catch (BrokenOffException) when (context.Response.HasStarted)
        {
            throw;
        }
        catch (Exception e) when (e is ConnectionAbortedException or ConnectionResetException)
        {
            // The client has violated HTTP/2, for example with a wrong length, or has disconnected: Kestrel has ended
            // the stream.
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception e)
        {
            LogFailure(logger, context.Request.Method, context.Request.Path, e);
            if (context.Response.HasStarted)
                context.Abort();
            else
                AnswerInstead(context, StatusCodes.Status500InternalServerError);
        }

        ReceiveRest(context);
    }

    public void DisposeContext(HttpContext context, Exception? exception) =>
        (context as DefaultHttpContext)?.Uninitialize();

    // The headers of the first answer are removed: a length without a body would end the connection before this answer
    // is sent.
    private static void AnswerInstead(HttpContext context, int status)
    {
        var connection = context.Response.Headers.Connection;
        context.Response.Clear();
        context.Response.Headers.Connection = connection;
        context.Response.StatusCode = status;
    }

    // Kestrel reads an unread body for up to five seconds, but not a body that is too large. Its client would get a
    // reset while it is sending, and would never see the reason.
    private static void ReceiveRest(HttpContext context)
    {
        if (context.Request.ContentLength is { } length
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
            && length > limit.MaxRequestBodySize)
            limit.MaxRequestBodySize = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed inside the gateway")]
    private static partial void LogFailure(ILogger logger, string method, string path, Exception exception);
}
