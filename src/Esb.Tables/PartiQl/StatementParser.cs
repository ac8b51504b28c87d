using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses PartiQL statements as DynamoDB supports them.</summary>
public static class StatementParser
{
    /// <summary>Parses a statement.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">The values for the question marks, in order.</param>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static Statement Parse(string text, IReadOnlyList<AttributeValue> parameters) =>
        throw new NotImplementedException();
}
