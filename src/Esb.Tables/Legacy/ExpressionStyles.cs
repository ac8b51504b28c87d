using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>
/// Keeps the two styles of requests apart: those with expressions, and those with the legacy parameters.
/// </summary>
public static class ExpressionStyles
{
    /// <summary>
    /// Fails if a request has parameters of both styles, or ExpressionAttributeNames or ExpressionAttributeValues
    /// without an expression.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="expressions">The parameters of the operation that are expressions.</param>
    /// <param name="legacy">The legacy parameters of the operation.</param>
    /// <exception cref="TableException">
    /// The request mixes the styles, or has names or values without an expression.
    /// </exception>
    public static void Require(JsonElement request, IReadOnlyList<string> expressions, IReadOnlyList<string> legacy)
    {
        bool IsGiven(string parameter) => WireText.Member(request, parameter) is not null;
        string[] given = [.. expressions.Where(IsGiven)];
        // KeyConditions can be combined with every expression except KeyConditionExpression.
        string[] others =
        [
            .. legacy.Where(parameter => IsGiven(parameter)
                && (parameter != "KeyConditions" || given.Contains("KeyConditionExpression"))),
        ];
        if (given.Length > 0 && others.Length > 0)
            throw TableException.Validation(
                "Can not use both expression and non-expression parameters in the same request: "
                    + $"Non-expression parameters: {{{string.Join(", ", others)}}} "
                    + $"Expression parameters: {{{string.Join(", ", given)}}}");
        if (given.Length == 0 && IsGiven("ExpressionAttributeNames"))
            throw TableException.Validation("ExpressionAttributeNames can only be specified when using expressions");
        string[] withValues = [.. expressions.Where(parameter => parameter != "ProjectionExpression")];
        if (withValues.Length > 0 && IsGiven("ExpressionAttributeValues") && !withValues.Any(IsGiven))
            throw TableException.Validation(
                "ExpressionAttributeValues can only be specified when using expressions: "
                    + $"{string.Join(" and ", withValues)} {(withValues.Length > 1 ? "are" : "is")} null");
    }
}
