using Esb.Testing.Servers;

namespace Esb.Dynalite.Tests.Folders;

/// <summary>
/// dynalite with its LevelDB, at the versions of the lock file that earlier versions of ESB installed.
/// </summary>
internal static class DynalitePackages
{
    private static readonly Lazy<Task<string>> Installed = new(() => NodePackages.InstallAsync(Source));

    /// <summary>The folder of these tests with what node runs.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Node");

    /// <summary>The folder <c>node_modules</c>.</summary>
    public static Task<string> FolderAsync() => Installed.Value;
}
