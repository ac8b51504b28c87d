using Esb.Cli.Bundles;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary>Opens a bundle for a command, and shows the progress on a terminal.</summary>
internal static class OpenedBundle
{
    /// <exception cref="CommandFailure">The bundle cannot be used.</exception>
    public static BundleFile Of(string file, Screen screen, bool quiet, CancellationToken cancellationToken)
    {
        if (quiet || !screen.Traits.IsInteractive)
            return BundleFile.Open(file, ByteProgress.Silent, cancellationToken);
        using var lines = new LiveLines(screen, TimeProvider.System);
        var line = lines.Add(new SummaryLine("bundle", "").ToString());
        var bundle = BundleFile.Open(
            file,
            new ByteProgress(text => line.Update(new SummaryLine("bundle", text).ToString()), "checking"),
            cancellationToken);
        line.Finish(new SummaryLine("bundle", $"whole, {Sizes.Of(bundle.Length)}").ToString());
        return bundle;
    }
}
