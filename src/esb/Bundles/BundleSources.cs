using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Settings;

namespace Esb.Cli.Bundles;

/// <summary>Opens a bundle as the source of a deploy, if it is for this machine.</summary>
internal static class BundleSources
{
    /// <exception cref="CommandFailure">The bundle is for another machine or mode, or its mode is not
    /// available.</exception>
    public static IDeploySource Of(
        BundleFile bundle, DeployRequest request, PlatformSettings settings, TimeProvider time)
    {
        RequireArchitecture(bundle);
        RequireMode(bundle, settings);
        return request.Mode == PlatformMode.Process
            ? new ProcessBundle(bundle, request, settings, time)
            : new ContainerBundle(bundle, request, settings.State, new ContainerMode(request, settings, time));
    }

    /// <exception cref="CommandFailure">The bundle is for another machine.</exception>
    public static void RequireArchitecture(BundleFile bundle)
    {
        var (wanted, here) = (bundle.Manifest.Architecture, BundleManifest.ThisArchitecture);
        if (wanted != here)
            throw BundleFile.Failure(
                bundle.Path,
                new BundleFault(
                    $"it is for {wanted}, but this machine is {here}", $"make it on a machine that is {here}"));
    }

    private static void RequireMode(BundleFile bundle, PlatformSettings settings)
    {
        var mode = bundle.Manifest.Mode;
        if (settings.ModeIsGiven && settings.Mode != mode)
            throw BundleFile.Failure(bundle.Path, new BundleFault(
                $"it is for {mode} mode, not for {settings.Mode} mode",
                $"make it with esb bundle --mode {settings.Mode}, or leave --mode and {SettingNames.Mode} out"));
    }
}
