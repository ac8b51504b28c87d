namespace Esb.Tables.Storage.Rows;

/// <summary>The kinds of work in the background. The numbers are stored.</summary>
internal enum ChoreKind
{
    /// <summary>Remove the items of a table that was deleted.</summary>
    RemoveItems = 1,

    /// <summary>Remove the entries of an index, or of an order by expiry.</summary>
    RemoveEntries = 2,

    /// <summary>Fill an index from the items of its table.</summary>
    FillIndex = 3,

    /// <summary>Fill the order by expiry from the items of its table.</summary>
    FillExpiry = 4,
}
