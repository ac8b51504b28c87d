using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>An operand of a condition or of an update.</summary>
public abstract record Operand
{
    private protected Operand()
    {
    }

    /// <summary>The paths that the operand reads.</summary>
    public virtual IEnumerable<AttributePath> Paths => [];

    /// <summary>The type of the value, or null if it depends on the item.</summary>
    public virtual AttributeType? FixedType => null;

    /// <summary>The value for an item, or null if it does not exist.</summary>
    public abstract AttributeValue? In(MapValue item);
}

/// <summary>The value at a path.</summary>
/// <param name="Path">The path.</param>
public sealed record PathOperand(AttributePath Path) : Operand
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [Path];

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item) => Path.In(item);
}

/// <summary>A value from the request.</summary>
/// <param name="Value">The value.</param>
public sealed record ValueOperand(AttributeValue Value) : Operand
{
    /// <inheritdoc />
    public override AttributeType? FixedType => Value.Type;

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item) => Value;
}

/// <summary>The size of a value, in characters, bytes, members or elements.</summary>
/// <param name="Of">The operand to measure.</param>
public sealed record SizeOperand(Operand Of) : Operand
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Of.Paths;

    /// <inheritdoc />
    public override AttributeType? FixedType => AttributeType.N;

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item) => Of.In(item) switch
    {
        StringValue text => Number(text.Text.Length),
        BinaryValue binary => Number(binary.Bytes.Length),
        StringSetValue set => Number(set.Members.Count),
        NumberSetValue set => Number(set.Members.Count),
        BinarySetValue set => Number(set.Members.Count),
        ListValue list => Number(list.Elements.Count),
        MapValue map => Number(map.Members.Count),
        _ => null,
    };

    private static NumberValue Number(int count) => new(DynamoNumber.FromInt64(count));
}
