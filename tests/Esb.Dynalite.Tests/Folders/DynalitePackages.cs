using Esb.Testing.Servers;

namespace Esb.Dynalite.Tests.Folders;

/// <summary>
/// dynalite with its LevelDB, at the versions of the lock file that earlier versions of ESB installed.
/// </summary>
internal static class DynalitePackages
{
    /// <summary>The folder of these tests with what node runs.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Node");

    private static Lazy<Task<string>> Installed { get; } = new(() => NodePackages.InstallAsync(Source));

    /// <summary>The folder <c>node_modules</c>.</summary>
    public static Task<string> FolderAsync() => Installed.Value;
}
