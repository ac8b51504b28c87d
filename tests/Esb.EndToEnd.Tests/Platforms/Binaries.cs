using System.Runtime.InteropServices;

namespace Esb.EndToEnd.Tests.Platforms;

/// <summary>Where the published binaries are.</summary>
internal static class Binaries
{
    public static string Repository { get; } = FindRepository();

    public static string Folder { get; } = Path.Combine(
        Repository, "artifacts", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64");

    public static string Esb { get; } = Path.Combine(Folder, "esb");

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Esb.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
