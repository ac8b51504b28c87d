using System.Collections.Concurrent;
using System.Diagnostics;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging;

/// <summary>Code that lies ready.</summary>
/// <param name="Folder">The immutable folder.</param>
/// <param name="Key">What identifies its content; the folder's name.</param>
/// <param name="Reused">It was there already.</param>
/// <param name="Took">How long a person waited for it.</param>
internal sealed record StagedCode(string Folder, string Key, bool Reused, TimeSpan Took)
{
    /// <summary>
    /// Looks for files in it; before it is made in what it will be made of. Null when a tool will add to that.
    /// </summary>
    public CodeLook? Look { get; init; } = CodeLook.In(Folder);
}

/// <summary>What staging does with code that it knows and with code that it does not.</summary>
internal enum StagingMode
{
    /// <summary>Takes what is there, makes what is not.</summary>
    Reuse,

    /// <summary>Makes all anew.</summary>
    Again,

    /// <summary>Makes nothing, only says which folder it would be.</summary>
    Preview,
}

/// <summary>Code becomes an immutable folder that is named by its content: what exists is not made again.</summary>
/// <param name="folders">Where the folders are.</param>
/// <param name="cache">Hashes of code that has not changed.</param>
/// <param name="mode">What to do with code that is there.</param>
internal sealed class CodeStaging(StagedFolders folders, HashCache cache, StagingMode mode)
{
    private const int KeyLength = 16;

    // Part of every key: a version of ESB that stages differently must not take what an older one made.
    private const string Format = "1";

    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _making = new(StringComparer.Ordinal);

    /// <param name="name">A folder name: the function or the layer.</param>
    /// <param name="source">The code.</param>
    /// <param name="runtime">For whom dependencies are installed; null for none.</param>
    /// <param name="origin">Is told what is wrong.</param>
    /// <param name="onLine">Takes lines of pip or npm.</param>
    /// <param name="cancellationToken">Ends it; nothing unfinished is left.</param>
    /// <returns>Null when it did not work; who began it has been told why.</returns>
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
                        + "code; it is made again", "files of a function's own belong into /tmp");
            if (mode == StagingMode.Preview)
                return Preview(name, key, source, content.Tree, runtime, origin, cancellationToken);
            // Functions often share their code: what one of them makes at this moment, the others wait for and take.
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
            // An archive is a layer that somebody has built: its folders are there.
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
