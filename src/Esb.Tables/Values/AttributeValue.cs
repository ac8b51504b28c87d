namespace Esb.Tables.Values;

/// <summary>The value of an attribute. Values are immutable and are compared by content.</summary>
public abstract record AttributeValue
{
    private protected AttributeValue()
    {
    }

    /// <summary>The type of the value.</summary>
    public abstract AttributeType Type { get; }
}
