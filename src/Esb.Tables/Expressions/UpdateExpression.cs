using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>What an update does to an item.</summary>
/// <param name="Actions">The actions; each works on the item as it was before the update.</param>
public sealed record UpdateExpression(IReadOnlyList<UpdateAction> Actions)
{
    /// <summary>An update that changes nothing, except that it makes an item that does not exist.</summary>
    public static UpdateExpression Empty { get; } = new([]);

    /// <summary>The item after the update.</summary>
    /// <param name="item">The item before it; its key attributes alone if it does not exist.</param>
    /// <exception cref="Errors.TableException">An operand or a path does not fit the item.</exception>
    public UpdateResult Apply(MapValue item) => throw new NotImplementedException();

    /// <summary>Fails if the update changes a key attribute.</summary>
    public void RequireNoKeys(KeySchema keys) => throw new NotImplementedException();
}

/// <summary>An item after an update.</summary>
/// <param name="Item">The item.</param>
/// <param name="Changed">The paths that the update named: what UPDATED_OLD and UPDATED_NEW show.</param>
public sealed record UpdateResult(MapValue Item, IReadOnlyList<AttributePath> Changed);

/// <summary>One action of an update.</summary>
/// <param name="Path">The place that it changes.</param>
public abstract record UpdateAction(AttributePath Path);
