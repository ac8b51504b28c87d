using System.Security.Cryptography;
using System.Text;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>The path of the agent's Unix socket.</summary>
internal static class AgentSocket
{
    private const string Name = "agent.sock";
    private const int MaxPathLength = 107; // unix(7): sun_path has 108 bytes, the last of them zero

    /// <summary>In the state folder, or in a folder with a shorter path that belongs to this state folder.</summary>
    public static string Path(StateFolder state, string? runtimeFolder)
    {
        var preferred = System.IO.Path.Combine(state.Run, Name);
        if (Encoding.UTF8.GetByteCount(preferred) <= MaxPathLength)
            return preferred;
        var own = $"esb-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Path)))[..16]}";
        var inRuntime = string.IsNullOrEmpty(runtimeFolder) ? null : System.IO.Path.Combine(runtimeFolder, own, Name);
        return inRuntime is not null && Encoding.UTF8.GetByteCount(inRuntime) <= MaxPathLength
            ? inRuntime
            : $"/tmp/{own}/{Name}";
    }
}
