using System.Security.Cryptography;
using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.RuntimeClients;

/// <summary>
/// AWS's own client of the Runtime API for Node.js, as its npm package builds it: curl and aws-lambda-cpp compiled on
/// this machine.
/// </summary>
internal static class InterfaceClient
{
    private static readonly string Source = Path.Combine(
        Binaries.Repository, "tests", "Esb.EndToEnd.Tests", "RuntimeClients", "node");

    /// <summary>
    /// Writes a function's code into a folder, as users of AWS would upload it, with the client unchanged next to it.
    /// </summary>
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])["app.js", "bootstrap"])
            File.Copy(Path.Combine(Source, name), Path.Combine(folder, name));
        File.SetUnixFileMode(
            Path.Combine(folder, "bootstrap"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        // Only these three are needed to run; the sources of the build are left out.
        var installed = Path.Combine(await InstalledAsync(), "node_modules", "aws-lambda-ric");
        foreach (var part in (string[])["package.json", "bin", "dist"])
        {
            foreach (var file in Files(Path.Combine(installed, part)))
            {
                var target = Path.Combine(
                    folder, "node_modules", "aws-lambda-ric", Path.GetRelativePath(installed, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }

    private static string[] Files(string path) =>
        File.Exists(path) ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories);

    // Compiling takes a minute or two, so it is done once per machine and version.
    private static async Task<string> InstalledAsync()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..12];
        return await InstallationFolder.OfAsync($"ric-{name}", async folder =>
        {
            Directory.CreateDirectory(folder);
            foreach (var file in (string[])["package.json", "package-lock.json"])
                File.Copy(Path.Combine(Source, file), Path.Combine(folder, file));
            await InstallationFolder.RunAsync(
                "npm", folder, null, "ci", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error");
        });
    }
}
