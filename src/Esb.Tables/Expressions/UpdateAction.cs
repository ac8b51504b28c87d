using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>One action of an update.</summary>
/// <param name="Path">The path that the action changes.</param>
public abstract record UpdateAction(AttributePath Path)
{
    private protected const string WrongType = "An operand in the update expression has an incorrect data type";

    /// <summary>The paths that the action's operand reads.</summary>
    public virtual IEnumerable<AttributePath> OperandPaths => [];

    /// <summary>The type of the new value, or null if it depends on the item.</summary>
    public virtual AttributeType? FixedType => null;

    /// <summary>The value that the action needs from the item as it was before the update.</summary>
    internal virtual AttributeValue? Operand(MapValue item) => null;

    /// <summary>The new value at the path, or null if there is none.</summary>
    /// <param name="existing">The old value, or null if there is none.</param>
    /// <param name="operand">The result of <see cref="Operand"/>.</param>
    internal abstract AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand);
}

/// <summary>The SET action.</summary>
/// <param name="Path">The path to change.</param>
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

/// <summary>The REMOVE action.</summary>
/// <param name="Path">The path to remove.</param>
public sealed record RemoveAction(AttributePath Path) : UpdateAction(Path)
{
    internal override AttributeValue? Changed(AttributeValue? existing, AttributeValue? operand) => null;
}

/// <summary>The ADD action: adds a number to a number, or members to a set.</summary>
/// <param name="Path">The path to change.</param>
/// <param name="Value">The number or the set.</param>
/// <param name="Mismatch">The message for an old value of another type.</param>
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

/// <summary>The DELETE action: removes members from a set.</summary>
/// <param name="Path">The path to change.</param>
/// <param name="Value">The members to remove.</param>
/// <param name="Mismatch">The message for an old value of another type.</param>
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
