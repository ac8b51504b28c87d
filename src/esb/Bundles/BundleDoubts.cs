using Esb.Schema.Diagnostics;

namespace Esb.Cli.Bundles;

/// <summary>
/// What <c>--strict</c> would have refused of a bundle's templates. A bundle that was made without it keeps that in lines, so that a strict deploy of it refuses the same.
/// </summary>
internal static class BundleDoubts
{
    /// <summary>The lines of what was said about templates; each once. Their folders are those of another machine.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Diagnostic> said) => [.. said.Select(Line).Distinct(StringComparer.Ordinal)];

    /// <summary>An error for each line.</summary>
    /// <param name="bundle">What is deployed.</param>
    /// <param name="diagnostics">Takes them.</param>
    public static void Refuse(BundleFile bundle, DiagnosticBag diagnostics)
    {
        if (bundle.Manifest.Doubts is not { } doubts)
            diagnostics.Error(DiagnosticCodes.NotSupported, $"{bundle.Path}: nobody knows what --strict would have refused of its templates: it was made by esb {bundle.Manifest.Esb}", help: "make it again with this esb, or deploy it without --strict");
        foreach (var doubt in bundle.Manifest.Doubts ?? [])
            diagnostics.Error(DiagnosticCodes.NotSupported, $"{bundle.Path}: {doubt}", help: "change the template and make the bundle again, or deploy it without --strict");
    }

    private static string Line(Diagnostic said) =>
        said.File is null ? said.Message : $"{Path.GetFileName(said.File)}{(said.Line > 0 ? FormattableString.Invariant($":{said.Line}:{Math.Max(said.Column, 1)}") : "")}: {said.Message}";
}
