using System.Globalization;

namespace Esb.Gateway.Configuration;

/// <summary>What a reload does to the functions, or to the routes, as people read it in the log.</summary>
/// <param name="Added">What was not there before.</param>
/// <param name="Replaced">What is there in another way. A function counts when its workers are replaced.</param>
/// <param name="Adjusted">Functions that keep their workers, but have other limits or schedules.</param>
/// <param name="Removed">What is not there any more.</param>
/// <param name="Unchanged">How many are as they were.</param>
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
            : string.Create(CultureInfo.InvariantCulture, $"{names.Count} {what} ({string.Join(", ", names.Take(Names))}{(names.Count > Names ? ", …" : "")})");
}
