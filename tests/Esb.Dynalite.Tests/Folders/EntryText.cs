using Esb.Dynalite.LevelDb;

namespace Esb.Dynalite.Tests.Folders;

/// <summary>Entries as text, for comparisons.</summary>
internal static class EntryText
{
    public static string Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        $"{Convert.ToHexStringLower(key)}={Convert.ToHexStringLower(value)}";

    /// <summary>All entries that our reader finds.</summary>
    public static IReadOnlyList<string> Of(LevelDatabase database, byte[]? prefix = null) =>
        [.. database.Read(prefix ?? []).Select(entry => Of(entry.Key, entry.Value.Span))];

    /// <summary>All entries of a folder.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        using var database = LevelDatabase.Open(folder);
        return Of(database);
    }
}
