using System.Security.Cryptography;
using Esb.Testing.Servers;

namespace Esb.Dynalite.Tests.Folders;

/// <summary>
/// dynalite with its LevelDB, at the versions of the lock file that earlier versions of ESB installed.
/// </summary>
internal static class NodePackages
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The folder of these tests with the programs for Node.js.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Node");

    /// <summary>The folder <c>node_modules</c>.</summary>
    public static Task<string> FolderAsync() => Installed.Value;

    private static async Task<string> InstallAsync()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..12];
        return Path.Combine(await InstallationFolder.OfAsync($"npm-{name}", CopyAsync), "node_modules");
    }

    private static async Task CopyAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            File.Copy(Path.Combine(Source, file), Path.Combine(folder, file));
        await InstallationFolder.RunAsync(
            "npm", folder, null, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    }
}
