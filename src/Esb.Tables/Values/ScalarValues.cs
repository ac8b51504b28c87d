namespace Esb.Tables.Values;

/// <summary>A string.</summary>
/// <param name="Text">The text, without unpaired surrogates.</param>
public sealed record StringValue(string Text) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.S;
}

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
public sealed record NumberValue(DynamoNumber Number) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.N;
}

/// <summary>Bytes.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record BinaryValue(Bytes Bytes) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.B;
}

/// <summary>True or false.</summary>
/// <param name="IsTrue">Whether the value is true.</param>
public sealed record BooleanValue(bool IsTrue) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.BOOL;
}

/// <summary>Null.</summary>
public sealed record NullValue : AttributeValue
{
    /// <summary>The only value of the type.</summary>
    public static NullValue Instance { get; } = new();

    /// <inheritdoc />
    public override AttributeType Type => AttributeType.NULL;
}
