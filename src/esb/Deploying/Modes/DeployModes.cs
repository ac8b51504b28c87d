using Esb.Cli.Commands;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;

namespace Esb.Cli.Deploying.Modes;

/// <summary>The one place where a mode's name becomes the mode.</summary>
internal static class DeployModes
{
    public const string Process = "process";

    /// <exception cref="CommandFailure">There is no such mode.</exception>
    public static IDeployMode Of(DeployRequest request, PlatformSettings settings, TimeProvider time) => request.Mode switch
    {
        Process => new ProcessMode(request, settings, time),
        "docker" or "containerd" => throw CommandFailure.Environment($"mode '{request.Mode}' is not in this version yet", "process mode needs no container engine: --mode process"),
        _ => throw CommandFailure.Setting("--mode", request.Mode, "process (docker and containerd are not in this version yet)"),
    };
}
