using System.Text.Json;

namespace Esb.Benchmarks.Peers;

/// <summary>The version of an installed npm package, from its package.json.</summary>
internal static class PackageVersion
{
    /// <param name="folder">The folder of the package.</param>
    public static string Of(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        return document.RootElement.GetProperty("version").GetString()!;
    }
}
