using System.Globalization;

namespace Esb.Gateway.Configuration;

/// <summary>What a reload changes in the functions or routes, in the words of the log.</summary>
/// <param name="Added">The new entries.</param>
/// <param name="Replaced">The changed entries. A function counts when its workers are replaced.</param>
/// <param name="Adjusted">The functions that keep their workers but have other limits or schedules.</param>
/// <param name="Removed">The removed entries.</param>
/// <param name="Unchanged">The number of unchanged entries.</param>
internal sealed record ChangeList(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Replaced,
    IReadOnlyList<string> Adjusted,
    IReadOnlyList<string> Removed,
    int Unchanged)
{
    private const int Names = 5;

    /// <summary>For example <c>1 added (orders), 2 replaced (a, b), 97 unchanged</c>.</summary>
    public override string ToString()
    {
        string?[] parts =
        [
            Part(Added, "added"),
            Part(Replaced, "replaced"),
            Part(Adjusted, "adjusted"),
            Part(Removed, "removed"),
            string.Create(CultureInfo.InvariantCulture, $"{Unchanged} unchanged"),
        ];
        return string.Join(", ", parts.Where(p => p is not null));
    }

    private static string? Part(IReadOnlyList<string> names, string what) =>
        names.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{names.Count} {what} ({string.Join(", ", names.Take(Names))}{(names.Count > Names ? ", …" : "")})");
}
