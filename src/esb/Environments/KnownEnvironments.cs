using System.Text;
using Esb.Cli.Settings;
using Esb.Host.Files;

namespace Esb.Cli.Environments;

/// <summary>The environments of process mode on this machine. Each has a folder below one root.</summary>
/// <param name="root">The root folder.</param>
internal sealed class KnownEnvironments(string root)
{
    private const string DefaultFile = ".default-environment";

    /// <summary>All environments, sorted by name.</summary>
    public IReadOnlyList<StateFolder> All => Directory.Exists(root)
        ? [.. Directory.EnumerateDirectories(root)
            .Where(folder => StateFolder.CanBe(Path.GetFileName(folder)))
            .Select(folder => new StateFolder(folder))
            .Where(IsEnvironment)
            .OrderBy(state => state.Name, StringComparer.Ordinal)]
        : [];

    /// <summary>The environment that commands use when they name none.</summary>
    public string Default
    {
        get
        {
            var file = Path.Combine(root, DefaultFile);
            return File.Exists(file) && OrdinaryFile.ReadText(file).Trim() is var name && StateFolder.CanBe(name)
                ? name
                : StateFolder.Default;
        }
    }

    public bool Has(string name) => StateFolder.CanBe(name) && IsEnvironment(new StateFolder(Path.Combine(root, name)));

    public void SetDefault(string name)
    {
        Directory.CreateDirectory(root);
        AtomicFile.Write(Path.Combine(root, DefaultFile), Encoding.UTF8.GetBytes(name + "\n"));
    }

    public void ForgetDefault() => File.Delete(Path.Combine(root, DefaultFile));

    // The root may contain other folders, too. Very early versions have no format file.
    private static bool IsEnvironment(StateFolder state) => File.Exists(state.FormatFile) || state.WasStarted;
}
