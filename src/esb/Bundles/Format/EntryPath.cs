using Esb.Cli.Staging.Contents;
using Esb.Schema.Functions;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// The paths that a bundle may contain. They become paths below the state folder, so none may lead out of it or be
/// written through a link.
/// </summary>
internal static class EntryPath
{
    public const string Functions = "configuration/functions.yml";
    public const string Routing = "configuration/routing.yml";
    public const string Resources = "configuration/resources.yml";
    public const string ImageIndex = "images/manifest.json";

    public const string Code = "code";
    public const string Layers = "layers";

    /// <summary>The database of earlier versions, which is not read any more.</summary>
    public const string Stores = "stores";

    public const string Images = "images";
    public const string Templates = "templates";

    private const int MaxLength = 4095; // PATH_MAX without the terminating null
    private const int MaxSegment = 255; // NAME_MAX
    private const int MaxKey = 40;

    /// <summary>
    /// The number of segments in a folder's path, such as <c>code/FUNCTION/KEY</c> or <c>stores/KEY</c>.
    /// </summary>
    private static readonly Dictionary<string, int> FolderSegments =
        new(StringComparer.Ordinal) { [Code] = 3, [Layers] = 3, [Stores] = 2 };

    /// <returns>The fault of an entry's path or link; null if there is none.</returns>
    public static string? Fault(BundleEntry entry)
    {
        var path = entry.Path;
        var segments = path.Split('/');
        if (path.Length > MaxLength
            || path.Any(char.IsControl)
            || Array.Exists(segments, s => s is "" or "." or ".." || s.Length > MaxSegment))
            return "leads out of the bundle, or is not a path";
        if (entry.LinkTarget is not { } target)
            return IsKnown(path, segments) ? null : "is not what a bundle holds";
        if (FolderOf(path) is not { } folder)
            return "is a link in a place where a bundle must not have one";
        return target.Any(char.IsControl)
            || target.Length > MaxLength
            || !LinkRule.StaysInside(path[(folder.Length + 1)..], target)
            ? $"is a link that leads out of its folder, to '{Printable(target)}'"
            : null;
    }

    /// <summary>The folder of an entry, such as <c>code/orders-get/9b1f22aa…</c>; null when it is in none.</summary>
    public static string? FolderOf(string path)
    {
        var segments = path.Split('/');
        if (!FolderSegments.TryGetValue(segments[0], out var count) || segments.Length <= count)
            return null;
        var isFolder = IsKey(segments[count - 1]) && (count == 2 || FunctionName.IsValid(segments[1]));
        return isFolder ? string.Join('/', segments[..count]) : null;
    }

    /// <summary>Untrusted text without control characters, for a terminal.</summary>
    public static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    private static bool IsKnown(string path, string[] segments) => segments[0] switch
    {
        "configuration" => path is Functions or Routing or Resources,
        Templates or Images => segments.Length > 1,
        _ => FolderOf(path) is not null,
    };

    private static bool IsKey(string text) =>
        text.Length is > 0 and <= MaxKey && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
