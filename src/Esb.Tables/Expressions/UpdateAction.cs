using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>One action of an update.</summary>
/// <param name="Path">The place that it changes.</param>
public abstract record UpdateAction(AttributePath Path)
{
    private protected const string WrongType = "An operand in the update expression has an incorrect data type";

    /// <summary>The paths that the operand reads.</summary>
    public virtual IEnumerable<AttributePath> OperandPaths => [];

    /// <summary>The type of the new value, if it does not depend on the item.</summary>
    public virtual AttributeType? FixedType => null;

    /// <summary>The value that the action needs from the item as it was before the update.</summary>
    internal virtual AttributeValue? Operand(MapValue item) => null;

    /// <summary>The new value at the place, or null for none.</summary>
    /// <param name="existing">The old value, or null.</param>
    /// <param name="operand">What <see cref="Operand"/> gave.</param>
    internal abstract AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand);
}

/// <summary>SET.</summary>
/// <param name="Path">The place.</param>
/// <param name="Value">The new value.</param>
public sealed record SetAction(AttributePath Path, Operand Value) : UpdateAction(Path)
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> OperandPaths => Value.Paths;

    /// <inheritdoc />
    public override AttributeType? FixedType => Value.FixedType;

    internal override AttributeValue? Operand(MapValue item) => Value.In(item) ?? throw TableException.Validation(
        "The provided expression refers to an attribute that does not exist in the item");

    internal override AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand) => operand;
}

/// <summary>REMOVE.</summary>
/// <param name="Path">The place.</param>
public sealed record RemoveAction(AttributePath Path) : UpdateAction(Path)
{
    internal override AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand) => null;
}

/// <summary>ADD: a number to a number, or members to a set.</summary>
/// <param name="Path">The place.</param>
/// <param name="Value">The number or the set.</param>
/// <param name="Mismatch">What is said if the old value has another type.</param>
public sealed record AddAction(AttributePath Path, AttributeValue Value, string? Mismatch = null) : UpdateAction(Path)
{
    /// <inheritdoc />
    public override AttributeType? FixedType => Value.Type;

    internal override AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand) =>
        (existing, Value) switch
        {
            (null, _) => Value,
            (NumberValue number, NumberValue added) => new NumberValue(number.Number + added.Number),
            (ListValue list, ListValue added) => new ListValue([.. list.Elements, .. added.Elements]),
            _ => SetArithmetic.Union(existing, Value) ?? throw TableException.Validation(Mismatch ?? WrongType),
        };
}

/// <summary>DELETE: members from a set.</summary>
/// <param name="Path">The place.</param>
/// <param name="Value">The set.</param>
/// <param name="Mismatch">What is said if the old value has another type.</param>
public sealed record DeleteAction(AttributePath Path, AttributeValue Value, string? Mismatch = null)
    : UpdateAction(Path)
{
    /// <inheritdoc />
    public override AttributeType? FixedType => Value.Type;

    internal override AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand) =>
        existing is null ? null
        : existing.Type == Value.Type && SetArithmetic.IsSet(Value) ? SetArithmetic.Difference(existing, Value)
        : throw TableException.Validation(Mismatch ?? WrongType);
}
