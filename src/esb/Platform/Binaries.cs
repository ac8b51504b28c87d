using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>Finds the other binaries of ESB.</summary>
internal static class Binaries
{
    public const string Gateway = "esb-gateway";
    public const string Agent = "esb-agent";
    public const string Stores = "esb-stores";
    public const string Provisioner = "esb-provisioner";

    /// <summary>The binary of a part that this version starts.</summary>
    public static string Of(ComponentKind kind) => kind switch
    {
        ComponentKind.Stores => Stores,
        ComponentKind.Agent => Agent,
        ComponentKind.Gateway => Gateway,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <exception cref="CommandFailure">The binary is not beside <c>esb</c>.</exception>
    public static string Find(PlatformSettings settings, string name)
    {
        var path = Path.Combine(settings.BinaryFolder, name);
        return Executables.IsExecutable(path)
            ? path
            : throw CommandFailure.Environment(
                $"{name} is not in {settings.BinaryFolder}",
                $"keep the binaries of ESB in one folder, or set {SettingNames.BinDir} to the folder that has it");
    }
}
