using Esb.Tables.Catalog;

namespace Esb.Tables.Expressions;

/// <summary>A parsed KeyConditionExpression: comparisons of attributes, of which the key schema is not known yet.</summary>
public sealed class KeyConditionExpression
{
    internal KeyConditionExpression()
    {
    }

    /// <summary>The condition on the keys of a table or an index.</summary>
    /// <exception cref="Errors.TableException">It does not fit the keys.</exception>
    public KeyCondition For(KeySchema keys) => throw new NotImplementedException();
}
