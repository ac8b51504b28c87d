namespace Esb.Tables.Values;

/// <summary>Sizes as DynamoDB counts them. Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats".</summary>
public static class ItemSize
{
    /// <summary>The most bytes that an item may have.</summary>
    public const int Most = 400 * 1024;

    /// <summary>The bytes of an item: names and values of its attributes.</summary>
    public static int Of(MapValue item) => throw new NotImplementedException();

    /// <summary>The bytes of one value.</summary>
    public static int Of(AttributeValue value) => throw new NotImplementedException();
}
