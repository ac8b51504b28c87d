using Esb.Tables.Errors;

namespace Esb.Tables.PartiQl;

/// <summary>The service's errors about statements.</summary>
internal static class StatementErrors
{
    public const string UnexpectedTerm = "Unexpected term";

    public const string UnexpectedKeyword = "Unexpected keyword";

    public const string UnexpectedOperator = "Unexpected operator";

    public const string Leftover = "Unexpected token after expression";

    public const string MissingRightHandSide = "Missing right-hand side expression of infix operator";

    public static TableException Malformed(string detail) =>
        TableException.Validation($"Statement wasn't well formed, can't be processed: {detail}");

    public static TableException WrongParameters() =>
        TableException.Validation("Number of parameters in request and statement don't match.");

    public static TableException NoKey() => TableException.Validation(
        "Where clause does not contain a mandatory equality on all key attributes");

    public static TableException SeveralKeyAttributes() => TableException.Validation(
        "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
        + "keys.");
}
