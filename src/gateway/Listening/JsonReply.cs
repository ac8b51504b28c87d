using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>JSON answers of the platform itself.</summary>
internal static class JsonReply
{
    private static readonly byte[] NoRoom = """{"message":"Service Unavailable: too many large answers wait for their clients"}"""u8.ToArray();

    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        if (body.Length > AnswersInFlight.Small && AnswersInFlight.Of(context) is { } answers)
            return WriteLargeAsync(answers, context, status, body);
        Begin(context, status, body);
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static async Task WriteLargeAsync(AnswersInFlight answers, HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        using var place = answers.TryAdd(context, body.Length);
        if (place is null)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, NoRoom);
            return;
        }

        Begin(context, status, body);
        await place.SendAsync(body);
    }

    private static void Begin(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
    }
}
