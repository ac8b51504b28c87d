using System.Collections.Concurrent;
using System.Diagnostics;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging;

/// <summary>Staged code; in a preview, code as it would be staged.</summary>
/// <param name="Folder">The immutable folder.</param>
/// <param name="Key">The key of its content, which is also the name of the folder.</param>
/// <param name="Reused">Whether it was staged before.</param>
/// <param name="Took">How long staging took.</param>
internal sealed record StagedCode(string Folder, string Key, bool Reused, TimeSpan Took)
{
    /// <summary>
    /// Looks for files in the code, or in its sources if it is not staged yet. Null when a build tool will add files
    /// that are not known yet.
    /// </summary>
    public CodeLook? Look { get; init; } = CodeLook.In(Folder);
}

/// <summary>What staging does with code that is already staged, and with code that is not.</summary>
internal enum StagingMode
{
    /// <summary>Uses staged code and stages the rest.</summary>
    Reuse,

    /// <summary>Stages everything again.</summary>
    Again,

    /// <summary>Stages nothing and only computes the folder's path.</summary>
    Preview,
}

/// <summary>Stages code as an immutable folder named by its content. A folder that exists is not made again.</summary>
/// <param name="folders">Where the folders are.</param>
/// <param name="cache">Hashes of code that has not changed.</param>
/// <param name="mode">What to do with code that is already staged.</param>
internal sealed class CodeStaging(StagedFolders folders, HashCache cache, StagingMode mode)
{
    private const int KeyLength = 16;

    // Part of every key: a version of ESB that stages differently must not use the folders of an older version.
    private const string Format = "1";

    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _making = new(StringComparer.Ordinal);

    /// <param name="name">The name of the function or layer, used as a folder name.</param>
    /// <param name="source">The code.</param>
    /// <param name="runtime">The runtime to install dependencies for; null to install none.</param>
    /// <param name="origin">Receives the errors.</param>
    /// <param name="onLine">Receives the output lines of the build tool.</param>
    /// <param name="cancellationToken">Cancels it; nothing unfinished is left.</param>
    /// <returns>Null when it failed; the error was reported to the origin of the staging that started the
    /// build.</returns>
    public async Task<StagedCode?> StageAsync(
        string name,
        CodeSource source,
        LambdaRuntime? runtime,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            if (SourceContent.Read(source, cache, origin, cancellationToken) is not { } content)
                return null;
            if (CodeBuild.PartsOf(content.Tree, runtime, cache, origin, cancellationToken) is not { } parts)
                return null;
            var key = KeyOf(CodeBuild.HashOf(content.Hash, parts), runtime);
            if (mode != StagingMode.Again && folders.FindUnchanged(name, key) is { } existing)
                return new StagedCode(existing, Path.GetFileName(existing), Reused: true, watch.Elapsed);
            if (mode != StagingMode.Again && folders.Has(key))
                origin.Note(
                    "what was staged of its code was changed since, most likely by a function that writes beside its "
                        + "code; it is made again", "a function's own files belong in /tmp");
            if (mode == StagingMode.Preview)
                return Preview(name, key, source, content.Tree, runtime, origin, cancellationToken);
            // Functions often share their code: while one of them stages it, the others wait and then use the same
            // folder.
            var making = _making.GetOrAdd(key, _ => new Lazy<Task<string?>>(
                () => MakeAsync(name, content, runtime, origin, onLine, cancellationToken)));
            var made = await making.Value;
            return made is null ? null : new StagedCode(made, Path.GetFileName(made), Reused: false, watch.Elapsed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(
                DiagnosticCodes.Environment,
                $"its code cannot be staged: {e.Message}",
                "check space and permissions of the state folder and of the code");
            return null;
        }
    }

    private static string KeyOf(string contentHash, LambdaRuntime? runtime) =>
        runtime?.BuildMethod is { } method
            ? ContentHash.Of(Format, contentHash, runtime.Name, method, runtime.Target ?? "")[..KeyLength]
            : ContentHash.Of(Format, contentHash, runtime?.Name ?? "")[..KeyLength];

    private StagedCode? Preview(
        string name,
        string key,
        CodeSource source,
        CodeTree? tree,
        LambdaRuntime? runtime,
        Origin origin,
        CancellationToken cancellationToken)
    {
        var installer = tree is null || runtime is null ? Installer.None : DependencyManifest.Of(tree, runtime, origin);
        if (installer is null)
            return null;
        CodeLook? look = null;
        if (source is ArchiveSource archive)
        {
            if (SourceContent.Verify(archive.Path, origin, cancellationToken) is not { } files)
                return null;
            look = CodeLook.Of(files);
        }
        else if (source is InlineSource inline)
        {
            look = CodeLook.Of(new Dictionary<string, bool> { [inline.FileName] = false });
        }
        else if (installer == Installer.None)
        {
            look = CodeLook.Of(tree!);
        }

        var subfolder = tree is null ? null : runtime?.Subfolder;
        var path = folders.NextPathOf(name, key);
        return new StagedCode(path, Path.GetFileName(path), Reused: false, TimeSpan.Zero)
        {
            Look = subfolder is null ? look : look?.Below(subfolder),
        };
    }

    private async Task<string?> MakeAsync(
        string name,
        SourceContent content,
        LambdaRuntime? runtime,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        folders.RemoveLeftovers(name);
        var work = folders.Begin(name);
        var unfinished = folders.Begin(name);
        try
        {
            var build = await CodeBuild.RunAsync(work, content, runtime, cache, origin, onLine, cancellationToken);
            if (build is not { } made)
                return null;
            // A layer in an archive is already built and contains its subfolders.
            var subfolder = content.Tree is null ? null : runtime?.Subfolder;
            if (subfolder is null)
                Directory.Delete(unfinished);
            Directory.Move(made.Folder, subfolder is null ? unfinished : Path.Combine(unfinished, subfolder));
            var final = KeyOf(made.Hash, runtime);
            return folders.Publish(unfinished, name, final, mode == StagingMode.Again
                || (folders.Has(final) && folders.FindUnchanged(name, final) is null));
        }
        finally
        {
            StagedFolders.Discard(unfinished);
            StagedFolders.Discard(work);
        }
    }
}
