using Esb.Schema.Diagnostics;

namespace Esb.Cli.Bundles;

/// <summary>
/// What <c>--strict</c> would have refused in a bundle's templates. A bundle made without the option records it, so
/// that a strict deploy of the bundle refuses the same.
/// </summary>
internal static class BundleDoubts
{
    /// <summary>One line per diagnostic, without duplicates and without the folders of this machine.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(Line).Distinct(StringComparer.Ordinal)];

    /// <summary>Reports an error for each line.</summary>
    /// <param name="bundle">The bundle that is deployed.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static void Refuse(BundleFile bundle, DiagnosticBag diagnostics)
    {
        if (bundle.Manifest.Doubts is not { } doubts)
            diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"{bundle.Path}: it does not record what --strict would have refused: "
                    + $"it was made by esb {bundle.Manifest.Esb}",
                help: "make it again with this esb, or deploy it without --strict");
        foreach (var doubt in bundle.Manifest.Doubts ?? [])
            diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"{bundle.Path}: {doubt}",
                help: "change the template and make the bundle again, or deploy it without --strict");
    }

    private static string Line(Diagnostic diagnostic)
    {
        var (line, column) = (diagnostic.Line, Math.Max(diagnostic.Column, 1));
        var position = line > 0 ? FormattableString.Invariant($":{line}:{column}") : "";
        return diagnostic.File is { } file
            ? $"{Path.GetFileName(file)}{position}: {diagnostic.Message}"
            : diagnostic.Message;
    }
}
