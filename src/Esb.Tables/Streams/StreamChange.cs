namespace Esb.Tables.Streams;

/// <summary>What happened to an item.</summary>
public enum StreamChange
{
    /// <summary>INSERT.</summary>
    Insert,

    /// <summary>MODIFY.</summary>
    Modify,

    /// <summary>REMOVE.</summary>
    Remove,
}
