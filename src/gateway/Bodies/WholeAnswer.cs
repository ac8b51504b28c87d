using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>
/// Sends a complete answer. Its memory is reserved before its head is created, because another answer is possible only
/// until something is sent.
/// </summary>
internal static class WholeAnswer
{
    /// <summary>Sends a small body of the gateway itself, even when no memory is left.</summary>
    public static Task SendAnywayAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var answers = AnswersInFlight.Of(context);
        var cost = AnswersInFlight.CostOf(body.Length);
        answers?.Take(cost);
        return SendAsync(answers, context, body, cost);
    }

    /// <summary>Sends a body whose memory is reserved.</summary>
    /// <param name="answers">Where it is reserved; null where there is no limit.</param>
    /// <param name="context">The request.</param>
    /// <param name="body">The complete body.</param>
    /// <param name="cost">The reserved bytes.</param>
    public static Task SendAsync(AnswersInFlight? answers, HttpContext context, ReadOnlyMemory<byte> body, long cost)
    {
        var piece =
            HttpProtocol.IsHttp2(context.Request.Protocol) ? AnswersInFlight.SharedPiece : AnswersInFlight.Piece;
        var isWaiting = false;
        try
        {
            var writer = context.Response.BodyWriter;
            for (var at = 0; at < body.Length; at += piece)
            {
                var size = Math.Min(piece, body.Length - at);
                var write = writer.WriteAsync(body.Slice(at, size), context.RequestAborted);
                if (!write.IsCompletedSuccessfully)
                {
                    isWaiting = true;
                    var rest = body[(at + size)..];
                    return answers is null
                        ? FinishAsync(context, write, rest)
                        : FinishAsync(answers.Add(context, cost), write, size, rest);
                }

                // The client has disconnected.
                if (write.Result.IsCompleted)
                    break;
            }
        }
        finally
        {
            if (!isWaiting)
                answers?.Return(cost);
        }

        return Task.CompletedTask;
    }

    private static async Task FinishAsync(
        AnswerInFlight answer,
        ValueTask<FlushResult> begun,
        int size,
        ReadOnlyMemory<byte> rest)
    {
        using (answer)
            await answer.FinishAsync(begun, size, rest);
    }

    private static async Task FinishAsync(HttpContext context, ValueTask<FlushResult> begun, ReadOnlyMemory<byte> rest)
    {
        await begun;
        await context.Response.Body.WriteAsync(rest, context.RequestAborted);
    }
}
