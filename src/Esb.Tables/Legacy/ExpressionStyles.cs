using System.Text.Json;

namespace Esb.Tables.Legacy;

/// <summary>Requests use expressions, or the parameters that came before them.</summary>
public static class ExpressionStyles
{
    /// <summary>
    /// Fails if a request has parameters of both styles, or ExpressionAttributeNames or ExpressionAttributeValues
    /// without an expression.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="expressions">The parameters of the operation that are expressions.</param>
    /// <param name="legacy">The parameters of the operation that came before them.</param>
    public static void Require(
        JsonElement request, IReadOnlyList<string> expressions, IReadOnlyList<string> legacy) =>
        throw new NotImplementedException();
}
