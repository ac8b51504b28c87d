using Esb.Cli.Bundles.Format;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Cli.Bundles;

/// <summary>
/// The three documents of a bundle. Code paths are folders of the bundle; image names have no registry.
/// </summary>
internal static class BundleDocuments
{
    public static IReadOnlyList<BundleItem> Items(IncomingConfiguration incoming) =>
    [
        BundleItem.OfBytes(EntryPath.Functions, ConfigurationDocument.Write(incoming.Functions, [])),
        BundleItem.OfBytes(EntryPath.Routing, ConfigurationDocument.Write(incoming.Routing, [])),
        BundleItem.OfBytes(EntryPath.Resources, ConfigurationDocument.Write(incoming.Resources, [])),
    ];

    /// <returns>Null when one is invalid or refused by a strict deploy; the diagnostics have the reason.</returns>
    public static IncomingConfiguration? Read(BundleFile bundle, bool strict, DiagnosticBag diagnostics)
    {
        if (strict)
            BundleDoubts.Refuse(bundle, diagnostics);
        var functions = Parse(bundle, EntryPath.Functions, diagnostics);
        var routing = Parse(bundle, EntryPath.Routing, diagnostics);
        var resources = Parse(bundle, EntryPath.Resources, diagnostics);
        if (functions is null || routing is null || resources is null)
            return null;
        var known = bundle.Manifest.Mode == PlatformMode.Process
            ? Folders(bundle.Manifest)
            : bundle.Manifest.Images.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, function) in FunctionPlaces.Of(functions))
            RequireKnown(bundle, name, function, known, diagnostics);
        return diagnostics.HasErrors ? null : new IncomingConfiguration(resources, functions, routing);
    }

    // Everything that runs comes from the bundle: no path of this machine, no image from elsewhere.
    private static void RequireKnown(
        BundleFile bundle, string name, YamlMapping function, HashSet<string> known, DiagnosticBag diagnostics)
    {
        string?[] places = bundle.Manifest.Mode == PlatformMode.Process
            ? [FunctionPlaces.CodeOf(function), .. FunctionPlaces.LayersOf(function)]
            : [FunctionPlaces.ImageOf(function)];
        foreach (var place in places.Where(p => p is null || !known.Contains(p)))
            diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"{bundle.Path}: function '{EntryPath.Printable(name)}' runs from "
                    + $"'{EntryPath.Printable(place ?? "")}', which is not in the bundle",
                help: "make it again with esb bundle");
    }

    private static HashSet<string> Folders(BundleManifest manifest) => [.. manifest.Folders().Keys];

    private static YamlMapping? Parse(BundleFile bundle, string entry, DiagnosticBag diagnostics) =>
        bundle.Document(entry) is { } bytes
            ? ConfigurationDocument.Parse(bytes, $"{bundle.Path}!{entry}", diagnostics)
            : null;
}
