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
internal sealed record StagedCode(string Folder, string Key, bool Reused, TimeSpan Took);

/// <summary>Code becomes an immutable folder that is named by its content: what exists is not made again.</summary>
/// <param name="folders">Where the folders are.</param>
/// <param name="cache">Hashes of code that has not changed.</param>
/// <param name="again">Make it anew even if it exists.</param>
internal sealed class CodeStaging(StagedFolders folders, HashCache cache, bool again)
{
    private const int KeyLength = 16;

    // Part of every key: a version of ESB that stages differently must not take what an older one made.
    private const string Format = "1";

    /// <param name="name">A folder name: the function or the layer.</param>
    /// <param name="source">The code.</param>
    /// <param name="runtime">For whom dependencies are installed; null for none.</param>
    /// <param name="origin">Is told what is wrong.</param>
    /// <param name="onLine">Takes lines of pip or npm.</param>
    /// <param name="cancellationToken">Ends it; nothing unfinished is left.</param>
    /// <returns>Null when it did not work.</returns>
    public async Task<StagedCode?> StageAsync(
        string name, CodeSource source, LambdaRuntime? runtime, Origin origin, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            if (SourceContent.Read(source, cache, origin, cancellationToken) is not { } content)
                return null;
            var key = KeyOf(content.Hash, runtime);
            if (!again && folders.Find(name, key) is { } existing)
                return new StagedCode(existing, Path.GetFileName(existing), Reused: true, watch.Elapsed);
            var made = await MakeAsync(name, content, runtime, origin, onLine, cancellationToken);
            return made is null ? null : new StagedCode(made, Path.GetFileName(made), Reused: false, watch.Elapsed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(DiagnosticCodes.FileAccess, $"its code cannot be staged: {e.Message}", "check space and permissions of the state folder and of the code");
            return null;
        }
    }

    private static string KeyOf(string contentHash, LambdaRuntime? runtime) =>
        ContentHash.Of(Format, contentHash, runtime?.Name ?? "")[..KeyLength];

    private async Task<string?> MakeAsync(
        string name, SourceContent content, LambdaRuntime? runtime, Origin origin, Action<string>? onLine, CancellationToken cancellationToken)
    {
        folders.RemoveLeftovers(name);
        var unfinished = folders.Begin(name);
        try
        {
            if (!content.WriteTo(unfinished, cancellationToken))
                return null;
            var hash = content.Hash;
            if (content.Tree is not null && runtime is not null)
            {
                // What counts is what was copied: somebody may have saved a file since it was hashed.
                if (CodeTreeReader.Read(unfinished, origin, cancellationToken) is not { } copy
                    || DependencyManifest.Of(copy, runtime.Family, origin) is not { } installer)
                    return null;
                hash = SourceContent.HashOfFolder(copy, cancellationToken);
                if (!await DependencyInstall.RunAsync(installer, runtime, unfinished, origin, onLine, cancellationToken))
                    return null;
            }

            return folders.Publish(unfinished, name, KeyOf(hash, runtime), again);
        }
        finally
        {
            StagedFolders.Discard(unfinished);
        }
    }
}
