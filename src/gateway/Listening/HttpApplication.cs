using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// What stands between Kestrel and one of our handlers: nothing but a context that is used again for each request of a connection.
/// No middleware, no endpoint routing, no service scope on the way.
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
            // Kestrel's word for a chunk whose size is beyond all numbers.
            AnswerInstead(context, StatusCodes.Status400BadRequest);
        }
        catch (BrokenOffException) when (context.Response.HasStarted)
        {
            throw;
        }
        catch (Exception e) when (e is ConnectionAbortedException or ConnectionResetException)
        {
            // The client has broken the rules of HTTP/2, such as the length that it gave, or is gone: Kestrel has ended the stream.
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (Exception e)
        {
            LogFailure(logger, context.Request.Method, context.Request.Path, e);
            if (context.Response.HasStarted)
                context.Abort();
            else
                AnswerInstead(context, StatusCodes.Status500InternalServerError);
        }

        LetTheRestCome(context);
    }

    public void DisposeContext(HttpContext context, Exception? exception) => (context as DefaultHttpContext)?.Uninitialize();

    // Without what was made of another answer: a length that nothing follows would end the connection before a byte of this one.
    private static void AnswerInstead(HttpContext context, int status)
    {
        var connection = context.Response.Headers.Connection;
        context.Response.Clear();
        context.Response.Headers.Connection = connection;
        context.Response.StatusCode = status;
    }

    // Kestrel reads what the handler has left for five seconds more, but nothing of a body that is too large: its client, still sending, would be
    // reset and never see why.
    private static void LetTheRestCome(HttpContext context)
    {
        if (context.Request.ContentLength is { } length && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit && length > limit.MaxRequestBodySize)
            limit.MaxRequestBodySize = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed inside the gateway")]
    private static partial void LogFailure(ILogger logger, string method, string path, Exception exception);
}
