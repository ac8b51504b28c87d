using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;

namespace Esb.Cli.Modes;

/// <summary>The one place where a mode's name becomes the mode.</summary>
internal static class DeployModes
{
    public const string Process = "process";
    public const string Docker = "docker";
    public const string Containerd = "containerd";

    /// <exception cref="CommandFailure">What the mode needs is not here.</exception>
    public static IDeployMode Of(DeployRequest request, PlatformSettings settings, TimeProvider time) => request.Mode switch
    {
        Process => new ProcessMode(request, settings, time),
        Docker or Containerd => new ContainerMode(request, settings, time),
        _ => throw new ArgumentException($"'{request.Mode}' is no mode", nameof(request)),
    };
}
