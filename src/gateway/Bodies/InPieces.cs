using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>Writes large content in pieces: Kestrel copies what it gets into memory that it never releases.</summary>
internal static class InPieces
{
    private const int Piece = AnswersInFlight.Piece;

    public static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body) =>
        body.Length <= Piece
            ? context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask()
            : WriteManyAsync(context, body);

    private static async Task WriteManyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        for (var at = 0; at < body.Length; at += Piece)
            await context.Response.Body.WriteAsync(
                body.Slice(at, Math.Min(Piece, body.Length - at)), context.RequestAborted);
    }
}
