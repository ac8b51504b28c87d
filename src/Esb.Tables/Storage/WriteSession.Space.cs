namespace Esb.Tables.Storage;

/// <summary>Returns the space of deleted data to the disk.</summary>
public sealed partial class WriteSession
{
    // Some unused pages are kept for reuse: the file shrinks only when a quarter of it, and at least 8 MiB, is unused.
    private const int KeptPages = 1024;
    private const int UnusedOf = 4;
    private const int PagesOfPart = 128;

    /// <summary>Makes the file smaller if much of it is unused.</summary>
    /// <returns>Whether there is more to do.</returns>
    internal bool GiveBackSpace()
    {
        var unused = Connection.Number("PRAGMA freelist_count");
        if (unused < KeptPages || unused < Connection.Number("PRAGMA page_count") / UnusedOf)
            return false;
        _undo.BeforeWriting();
        Connection.Execute($"PRAGMA incremental_vacuum({PagesOfPart})");
        return true;
    }
}
