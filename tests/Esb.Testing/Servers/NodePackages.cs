using System.Security.Cryptography;

namespace Esb.Testing.Servers;

/// <summary>Packages of npm at the versions of a lock file, installed once per machine.</summary>
public static class NodePackages
{
    /// <param name="source">The folder with <c>package.json</c>, the lock file and <c>.npmrc</c>.</param>
    /// <returns>The folder <c>node_modules</c>.</returns>
    public static async Task<string> InstallAsync(string source)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))))[..12];
        var folder = await InstallationFolder.OfAsync($"npm-{name}", installation => CopyAsync(source, installation));
        return Path.Combine(folder, "node_modules");
    }

    private static async Task CopyAsync(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file));
        await InstallationFolder.RunAsync(
            "npm", folder, null, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    }
}
