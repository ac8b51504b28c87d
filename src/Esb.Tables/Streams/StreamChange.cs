namespace Esb.Tables.Streams;

/// <summary>The kinds of changes to an item.</summary>
public enum StreamChange
{
    /// <summary>INSERT.</summary>
    Insert,

    /// <summary>MODIFY.</summary>
    Modify,

    /// <summary>REMOVE.</summary>
    Remove,
}
