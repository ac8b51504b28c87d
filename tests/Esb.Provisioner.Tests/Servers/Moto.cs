namespace Esb.Provisioner.Tests.Servers;

/// <summary>
/// moto's server from Debian 13, which implements both APIs almost completely, in its own folder that is entered with
/// chroot. apt uses the machine's sources with the name of the suite replaced.
/// </summary>
internal static class Moto
{
    private const string Suite = "trixie";
    private const string Sources = "/etc/apt/sources.list.d/debian.sources";

    /// <summary>The reason why it cannot run here; null if it can.</summary>
    public static string? Obstacle =>
        Environment.UserName != "root" ? "moto's folder is entered with chroot, which needs root"
        : !File.Exists(Sources) ? $"moto is installed with {Sources} of Debian 12, which is not there"
        : null;

    public static Task<string> FolderAsync() => InstallationFolder.OfAsync($"moto-{Suite}", async folder =>
    {
        // Only the main archive: moto needs no updates.
        var first = (await File.ReadAllTextAsync(Sources)).Split("\n\n")[0];
        var lines = first.Split('\n')
            .Select(line => line.StartsWith("Suites:", StringComparison.Ordinal) ? $"Suites: {Suite}" : line);
        await InstallationFolder.RunAsync(
            "mmdebstrap",
            Path.GetTempPath(),
            string.Join('\n', lines) + "\n",
            "--quiet",
            "--variant=apt",
            "--include=python3-moto,python3-flask,python3-flask-cors",
            Suite,
            folder,
            "-");
    });
}
