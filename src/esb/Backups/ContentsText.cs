using System.Globalization;
using Esb.AdminProtocol.Stores;

namespace Esb.Cli.Backups;

/// <summary>How much the stores hold, for people.</summary>
internal static class ContentsText
{
    /// <summary><c>2 tables with 31 items, 1 bucket with 4 objects</c>.</summary>
    public static string Of(StoreContents contents) =>
        $"{Count(contents.Tables?.Tables, "table")} with {Count(contents.Tables?.Items, "item")}, "
            + $"{Count(contents.Objects?.Buckets, "bucket")} with {Count(contents.Objects?.Objects, "object")}";

    private static string Count(long? count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count ?? 0:N0} {noun}{(count == 1 ? "" : "s")}");
}
