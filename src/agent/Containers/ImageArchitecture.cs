using System.Runtime.InteropServices;
using Esb.Agent.Backends;

namespace Esb.Agent.Containers;

/// <summary>Names of processor architectures in image formats.</summary>
internal static class ImageArchitecture
{
    public static string OfThisMachine { get; } = RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <exception cref="CannotStartException">The image is for another architecture.</exception>
    public static void Check(string image, string architecture)
    {
        if (architecture.Length > 0 && architecture != OfThisMachine)
            throw new CannotStartException(
                $"the image {image} is for {architecture}, but this machine is {OfThisMachine}; "
                + $"build it with --platform linux/{OfThisMachine} and deploy again");
    }
}
