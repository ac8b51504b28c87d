using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The actions that an update applies to an item.</summary>
/// <param name="Actions">The actions. Each one sees the item as it was before the update.</param>
public sealed record UpdateExpression(IReadOnlyList<UpdateAction> Actions)
{
    /// <summary>An update without actions. Its only effect is to create the item if it does not exist.</summary>
    public static UpdateExpression Empty { get; } = new([]);

    /// <summary>The paths that the update changes, and those that its operands read.</summary>
    public IEnumerable<AttributePath> Paths =>
        Actions.SelectMany(action => (AttributePath[])[action.Path, .. action.OperandPaths]);

    /// <summary>The item after the update.</summary>
    /// <param name="item">The item before the update; only its key attributes if the item does not exist.</param>
    /// <exception cref="TableException">An operand or a path does not fit the item.</exception>
    public UpdateResult Apply(MapValue item) =>
        new(ItemUpdate.Apply(Actions, item), [.. Actions.Select(action => action.Path)]);

    /// <summary>The attributes that the update changes, wholly or in part.</summary>
    public IReadOnlySet<string> ChangedAttributes => Actions.Select(action => action.Path.Root).ToHashSet();

    /// <summary>Fails if the update changes a key attribute.</summary>
    /// <exception cref="TableException">The update changes a key attribute.</exception>
    public void RequireNoKeys(KeySchema keys)
    {
        foreach (var key in (string?[])[keys.Hash, keys.Range])
        {
            if (key is not null && Actions.Any(action => action.Path.Root == key))
                throw TableException.Validation(
                    $"One or more parameter values were invalid: Cannot update attribute {key}. "
                        + "This attribute is part of the key");
        }
    }
}

/// <summary>An item after an update.</summary>
/// <param name="Item">The item after the update.</param>
/// <param name="Changed">The paths that the update names, whose values UPDATED_OLD and UPDATED_NEW return.</param>
public sealed record UpdateResult(MapValue Item, IReadOnlyList<AttributePath> Changed);
