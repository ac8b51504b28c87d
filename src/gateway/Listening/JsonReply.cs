using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>JSON answers of the gateway itself.</summary>
internal static class JsonReply
{
    private static readonly byte[] NoRoom =
        """{"message":"Service Unavailable: too many answers wait for their clients"}"""u8.ToArray();

    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        var answers = AnswersInFlight.Of(context);
        var cost = AnswersInFlight.CostOf(body.Length);
        if (answers?.TryTake(cost) == false)
        {
            Begin(context, StatusCodes.Status503ServiceUnavailable, NoRoom);
            return WholeAnswer.SendAnywayAsync(context, NoRoom);
        }

        Begin(context, status, body);
        return WholeAnswer.SendAsync(answers, context, body, cost);
    }

    private static void Begin(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
    }
}
