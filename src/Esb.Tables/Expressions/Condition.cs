using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>A condition on an item.</summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>The paths that the condition reads.</summary>
    public abstract IEnumerable<AttributePath> Paths { get; }

    /// <summary>
    /// Whether an item meets the condition. An item that does not exist is <see cref="MapValue.Empty"/>.
    /// </summary>
    public abstract bool IsTrue(MapValue item);

    /// <summary>Fails if the condition names a key attribute, which the filter of a query must not do.</summary>
    /// <param name="keys">The keys of the table or index that is read.</param>
    /// <param name="filter">The name of the filter in messages: Filter Expression or QueryFilter.</param>
    /// <exception cref="TableException">The condition names a key attribute.</exception>
    public void RequireNoKeys(KeySchema keys, string filter = "Filter Expression")
    {
        var roots = Paths.Select(path => path.Root).ToHashSet();
        if (keys.Attributes.FirstOrDefault(key => roots.Contains(key.Name)) is { Name: var name })
        {
            throw TableException.Validation(
                $"{filter} can only contain non-primary key attributes: Primary key attribute: {name}");
        }
    }
}
