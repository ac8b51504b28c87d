namespace Esb.Tables.Operations.Capacity;

/// <summary>
/// Computes the capacity that an operation consumes, as AWS does. Source: Amazon DynamoDB Developer Guide, "DynamoDB
/// on-demand and provisioned capacity".
/// </summary>
internal static class CapacityUnits
{
    private const int ReadUnit = 4096;
    private const int WriteUnit = 1024;

    /// <summary>The units of one read.</summary>
    /// <param name="bytes">The size of the data that was read.</param>
    /// <param name="isConsistent">Whether the read was strongly consistent, which costs twice as much.</param>
    public static decimal OfRead(long bytes, bool isConsistent) =>
        Math.Max(1, Ceiling(bytes, ReadUnit)) * (isConsistent ? 1m : 0.5m);

    /// <summary>
    /// The units of one page of a query or scan. Unlike a single read, a page without data costs nothing.
    /// </summary>
    public static decimal OfPage(long bytes, bool isConsistent) =>
        Ceiling(bytes, ReadUnit) * (isConsistent ? 1m : 0.5m);

    /// <summary>The units of one write.</summary>
    /// <param name="oldSize">The size of the item before the write; 0 if there was none.</param>
    /// <param name="newSize">The size of the item after the write; 0 if there is none.</param>
    public static decimal OfWrite(long oldSize, long newSize) =>
        Math.Max(1, Ceiling(Math.Max(oldSize, newSize), WriteUnit));

    private static long Ceiling(long bytes, int unit) => (bytes + unit - 1) / unit;
}
