using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>The condition of a write.</summary>
/// <param name="Condition">The condition, or null if there is none.</param>
/// <param name="ReturnsItem">Whether the error carries the item.</param>
/// <param name="MustExist">Whether the item must be there, or must not; null if either will do.</param>
internal sealed record WriteCondition(Condition? Condition, bool ReturnsItem, bool? MustExist = null)
{
    /// <summary>No condition.</summary>
    public static WriteCondition None { get; } = new(null, ReturnsItem: false);

    /// <summary>The condition of a request without other expressions.</summary>
    /// <exception cref="TableException">The condition is not valid.</exception>
    public static WriteCondition Read(Input input) => Read(input, ExpressionInput.Names(input));

    /// <summary>The condition of a request whose other expressions are read already.</summary>
    /// <exception cref="TableException">The condition is not valid, or there are names that nothing uses.</exception>
    public static WriteCondition Read(Input input, ExpressionNames names)
    {
        var condition = ExpressionInput.Condition(input, names);
        names.RequireAllUsed();
        return new WriteCondition(condition, input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD");
    }

    /// <summary>Checks the condition on the item as it is.</summary>
    /// <param name="item">The item, or null if there is none.</param>
    /// <exception cref="ConditionFailedException">It is not true.</exception>
    public void Require(MapValue? item)
    {
        var isTrue = Condition?.IsTrue(item ?? MapValue.Empty) ?? true;
        if (!isTrue || (MustExist ?? item is not null) != item is not null)
            throw new ConditionFailedException(ReturnsItem ? item : null);
    }
}
