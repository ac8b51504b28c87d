using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Transactions;

/// <summary>
/// Handles requests with a client token. A request that is repeated within ten minutes gets the same answer again and
/// changes nothing.
/// </summary>
internal static class Idempotency
{
    public static readonly (string Name, Shape Shape) Token =
        ("ClientRequestToken", new TextShape { Shortest = 1, Longest = 36 });

    /// <summary>Runs a request, unless it has already been run.</summary>
    /// <param name="session">The session in which to write.</param>
    /// <param name="input">The request.</param>
    /// <param name="content">The member that must be the same when the token is used again.</param>
    /// <param name="run">Runs the request and returns its answer.</param>
    /// <exception cref="TableException">The token was used for another request.</exception>
    public static ReadOnlyMemory<byte> Once(
        WriteSession session, Input input, JsonElement content, Func<ReadOnlyMemory<byte>> run)
    {
        if (input.Text("ClientRequestToken") is not { } token)
            return run();
        var hash = new Bytes(SHA256.HashData(Encoding.UTF8.GetBytes(content.GetRawText())));
        if (session.FindToken(token) is { } made)
        {
            return made.Request == hash
                ? made.Answer.Span.ToArray()
                : throw new TableException(
                    "IdempotentParameterMismatchException",
                    "The request token was used with other parameters in the last ten minutes");
        }

        var answer = run();
        session.AddToken(new IdempotencyToken(token, hash, new Bytes(answer)));
        return answer;
    }
}
