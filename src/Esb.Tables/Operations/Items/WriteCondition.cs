using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>The condition of a write.</summary>
/// <param name="Condition">The condition, or null if there is none.</param>
/// <param name="ReturnsItem">Whether the error contains the item.</param>
/// <param name="MustExist">
/// Whether the item must exist (true) or must not exist (false); null if both are allowed.
/// </param>
internal sealed record WriteCondition(Condition? Condition, bool ReturnsItem, bool? MustExist = null)
{
    /// <summary>No condition.</summary>
    public static WriteCondition None { get; } = new(null, ReturnsItem: false);

    /// <summary>Reads the condition of a request that has no other expressions.</summary>
    /// <exception cref="TableException">The condition is not valid.</exception>
    public static WriteCondition Read(Input input) => Read(input, ExpressionInput.Names(input));

    /// <summary>Reads the condition of a request whose other expressions have already been read.</summary>
    /// <exception cref="TableException">
    /// The condition is not valid, or a name is not used by any expression.
    /// </exception>
    public static WriteCondition Read(Input input, ExpressionNames names)
    {
        var condition = ExpressionInput.Condition(input, names);
        names.RequireAllUsed();
        return new WriteCondition(condition, input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD");
    }

    /// <summary>Checks the condition against the current item.</summary>
    /// <param name="item">The item, or null if there is none.</param>
    /// <exception cref="ConditionFailedException">The condition is false.</exception>
    public void Require(MapValue? item)
    {
        var isTrue = Condition?.IsTrue(item ?? MapValue.Empty) ?? true;
        if (!isTrue || (MustExist ?? item is not null) != item is not null)
            throw new ConditionFailedException(ReturnsItem ? item : null);
    }
}
