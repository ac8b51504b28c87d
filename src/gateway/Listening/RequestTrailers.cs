using System.Runtime.CompilerServices;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// Checks the fields after a body in the same way as the fields of the head. Kestrel reports an invalid trailer as an
/// error of the program that reads the body, or not at all.
/// </summary>
internal static class RequestTrailers
{
    /// <summary>
    /// The size limit in bytes, which applies separately to the trailers of a request and to its head.
    /// </summary>
    public const int MaxBytes = 10_240;

    /// <summary>The limit of fields, which applies separately to the trailers and to the head.</summary>
    public const int MaxFields = 200;

    private const int AroundField = 4;

    /// <summary>Checks the trailers of a request whose body has been read.</summary>
    /// <exception cref="BadHttpRequestException">The trailers are invalid or too large.</exception>
    public static void Check(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestTrailersFeature>() is not { Available: true } feature
            || feature.Trailers.Count == 0)
            return;
        var bytes = 0;
        var fields = 0;
        foreach (var (name, values) in feature.Trailers)
        {
            if (!HeaderSyntax.IsToken(name))
                throw Invalid();
            foreach (var value in values)
            {
                if (!HeaderSyntax.IsValue(value)
                    || value?.Contains(HeaderEncoding.Mark, StringComparison.Ordinal) == true)
                    throw Invalid();
                bytes += name.Length + (value?.Length ?? 0) + AroundField;
                fields++;
            }
        }

        if (bytes > MaxBytes || fields > MaxFields)
            throw new BadHttpRequestException(
                "the trailers are too large", StatusCodes.Status431RequestHeaderFieldsTooLarge);
    }

    /// <summary>
    /// Reads from a body. A trailer that Kestrel cannot decode is reported as a bad request (400), and any way in
    /// which the client breaks off as the end of its connection.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> OrRefusedAsync<TSource, T>(TSource source, Func<TSource, ValueTask<T>> read)
    {
        try
        {
            // The call itself may throw too, when the client has broken off before it.
            return await read(source);
        }
        catch (InvalidOperationException e)
        {
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
        catch (IOException e) when (e is not BadHttpRequestException && e.InnerException is not OverflowException)
        {
            throw new ConnectionResetException(e.Message, e);
        }
    }

    private static BadHttpRequestException Invalid() =>
        new("a trailer is invalid", StatusCodes.Status400BadRequest);
}
