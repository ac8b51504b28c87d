using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Staging;

/// <summary>Remembers which configurations name staged code and images, so that only unused ones are removed.</summary>
internal static class KnownConfigurations
{
    private const int NameLength = 16;

    /// <summary>Remembers a configuration folder permanently; nothing is written if it is already known.</summary>
    public static void Add(StateFolder state, string folder) =>
        Write(state.Configurations, ContentHash.Of(folder)[..NameLength], System.Text.Encoding.UTF8.GetBytes(folder));

    /// <summary>
    /// Remembers the functions file of a platform whose configuration is baked into its images, since such a platform
    /// may run anywhere.
    /// </summary>
    public static void AddBuild(StateFolder state, string functionsFile)
    {
        var bytes = OrdinaryFile.ReadAll(functionsFile);
        Write(state.Builds, ConfigurationHash.Of(bytes, []), bytes);
    }

    /// <summary>
    /// Remembers an image that was loaded from a bundle, since its labels belong to the machine that built it.
    /// </summary>
    public static void AddImage(StateFolder state, string reference) =>
        Write(
            state.LoadedImages, ContentHash.Of(reference)[..NameLength], System.Text.Encoding.UTF8.GetBytes(reference));

    /// <summary>
    /// The images that were loaded from bundles for any environment below the same root. The engine may no longer have
    /// them.
    /// </summary>
    public static IReadOnlySet<string> Images(StateFolder state) =>
        Files(state, s => s.LoadedImages).Select(OrdinaryFile.ReadText).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The configuration folders that were deployed to from any environment below the same root, without those that no
    /// longer exist.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">
    /// This user cannot check whether one of the folders exists.
    /// </exception>
    public static IReadOnlyList<string> Folders(StateFolder state) =>
        [
            .. Files(state, s => s.Configurations).Select(f => OrdinaryFile.ReadText(f)).Where(ExistenceCheck.IsFolder)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The configuration folders that were deployed to from this environment, in process mode or a container mode,
    /// without those that no longer exist.
    /// </summary>
    public static IReadOnlyList<string> OwnFolders(StateFolder state) =>
        Directory.Exists(state.Configurations)
            ? [.. Directory.EnumerateFiles(state.Configurations)
                .Where(f => !Path.GetFileName(f).StartsWith('.'))
                .Select(f => OrdinaryFile.ReadText(f))
                .Where(Directory.Exists)]
            : [];

    /// <summary>The remembered functions files of platforms with a baked-in configuration.</summary>
    public static IReadOnlyList<string> Builds(StateFolder state) => Files(state, s => s.Builds);

    private static IReadOnlyList<string> Files(StateFolder state, Func<StateFolder, string> which) =>
        [
            .. Directory.EnumerateDirectories(state.Root)
                .Select(p => which(new StateFolder(p)))
                .Where(Directory.Exists)
                .SelectMany(f => Directory.EnumerateFiles(f))
                .Where(f => !Path.GetFileName(f).StartsWith('.')),
        ];

    private static void Write(string folder, string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
            return;
        // The state folder may not exist yet, for example at the first bundle load.
        OwnerOnlyFolder.Create(Path.GetDirectoryName(folder)!);
        OwnerOnlyFolder.Create(folder);
        AtomicFile.Write(path, content);
    }
}
