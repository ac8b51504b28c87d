namespace Esb.Tables.Values;

/// <summary>
/// The types of an attribute value. Source: Amazon DynamoDB API Reference, AttributeValue.
/// </summary>
public enum AttributeType
{
    /// <summary>A UTF-8 string.</summary>
    S,

    /// <summary>A number of up to 38 significant digits.</summary>
    N,

    /// <summary>Bytes.</summary>
    B,

    /// <summary>True or false.</summary>
    BOOL,

    /// <summary>Null.</summary>
    NULL,

    /// <summary>A set of strings.</summary>
    SS,

    /// <summary>A set of numbers.</summary>
    NS,

    /// <summary>A set of binary values.</summary>
    BS,

    /// <summary>A list of values of any type.</summary>
    L,

    /// <summary>A map from names to values of any type.</summary>
    M,
}
