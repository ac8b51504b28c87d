using System.Runtime.InteropServices;

namespace Esb.Testing.Platforms;

/// <summary>Where the published binaries are.</summary>
public static class Binaries
{
    /// <summary>The root of the checkout.</summary>
    public static string Repository => Testing.Repository.Root;

    /// <summary>The folder that <c>scripts/publish.sh</c> fills for this machine.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository, "artifacts", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64");

    /// <summary>The command line program.</summary>
    public static string Esb { get; } = Path.Combine(Folder, "esb");
}
