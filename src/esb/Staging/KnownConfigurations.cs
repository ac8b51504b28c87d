using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Staging;

/// <summary>Who names code and images that lie ready, so that what is removed is named by nobody.</summary>
internal static class KnownConfigurations
{
    private const int NameLength = 16;

    /// <summary>Remembers a configuration folder for good; nothing is written when it is known.</summary>
    public static void Add(StateFolder state, string folder) =>
        Write(state.Configurations, ContentHash.Of(folder)[..NameLength], System.Text.Encoding.UTF8.GetBytes(folder));

    /// <summary>
    /// Remembers what a platform names that has its configuration inside: nobody knows where it runs.
    /// </summary>
    public static void AddBuild(StateFolder state, string functionsFile)
    {
        var bytes = OrdinaryFile.ReadAll(functionsFile);
        Write(state.Builds, ConfigurationHash.Of(bytes, []), bytes);
    }

    /// <summary>Remembers an image that a bundle brings: its labels tell of the machine that built it.</summary>
    public static void AddImage(StateFolder state, string reference) =>
        Write(
            state.LoadedImages, ContentHash.Of(reference)[..NameLength], System.Text.Encoding.UTF8.GetBytes(reference));

    /// <summary>
    /// The images that bundles brought, to any project below the same root; the engine may have them no longer.
    /// </summary>
    public static IReadOnlySet<string> Images(StateFolder state) =>
        Files(state, s => s.LoadedImages).Select(OrdinaryFile.ReadText).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The folders that were deployed to from any project below the same root; those that are gone are left out.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">One may not be looked for.</exception>
    public static IReadOnlyList<string> Folders(StateFolder state) =>
        [
            .. Files(state, s => s.Configurations).Select(f => OrdinaryFile.ReadText(f)).Where(Presence.IsFolder)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The folders that were deployed to from this environment, in process mode or with containers; those that are gone
    /// are left out.
    /// </summary>
    public static IReadOnlyList<string> OwnFolders(StateFolder state) =>
        Directory.Exists(state.Configurations)
            ? [.. Directory.EnumerateFiles(state.Configurations)
                .Where(f => !Path.GetFileName(f).StartsWith('.'))
                .Select(f => OrdinaryFile.ReadText(f))
                .Where(Directory.Exists)]
            : [];

    /// <summary>The files with what was built in.</summary>
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
        // bundle load may be the first that this folder sees.
        OwnerOnlyFolder.Create(Path.GetDirectoryName(folder)!);
        OwnerOnlyFolder.Create(folder);
        AtomicFile.Write(path, content);
    }
}
