namespace Esb.Tables.Storage.Rows;

/// <summary>The kinds of background work. The numbers are stored.</summary>
internal enum ChoreKind
{
    /// <summary>Remove the items of a table that was deleted.</summary>
    RemoveItems = 1,

    /// <summary>Remove the entries of an index or of a list of expiries.</summary>
    RemoveEntries = 2,

    /// <summary>Fill an index from the items of its table.</summary>
    FillIndex = 3,

    /// <summary>Fill the list of expiries from the items of its table.</summary>
    FillExpiry = 4,
}
