using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.References;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;

namespace Esb.Cli.Staging;

/// <summary>The result of a build.</summary>
/// <param name="Folder">The content of the function or layer; no link in it leads out of it.</param>
/// <param name="Hash">The hash of its sources.</param>
internal sealed record BuiltCode(string Folder, string Hash);

/// <summary>
/// Builds code in a copy of the code folder. What the build needs from the rest of the project is copied too, at the
/// same relative path.
/// </summary>
internal static class CodeBuild
{
    /// <summary>What the build needs from the rest of the project.</summary>
    /// <returns>Null after an error, which was reported to the origin.</returns>
    public static ProjectParts? PartsOf(
        CodeTree? tree,
        LambdaRuntime? runtime,
        HashCache cache,
        Origin origin,
        CancellationToken cancellationToken)
    {
        if (tree is null || runtime is null)
            return ProjectParts.None;
        return DependencyManifest.Of(tree, runtime, origin) is { } installer
            ? ProjectParts.Of(tree.Root, installer, cache, origin, cancellationToken)
            : null;
    }

    /// <summary>The hash of code together with the project parts that it is built with.</summary>
    public static string HashOf(string code, ProjectParts parts) => parts.Any ? ContentHash.Of(code, parts.Hash) : code;

    /// <param name="work">An empty folder; everything in it but the result is temporary.</param>
    /// <param name="content">The code.</param>
    /// <param name="runtime">The runtime to build for; null to copy the code as it is.</param>
    /// <param name="cache">Hashes of files that have not changed.</param>
    /// <param name="origin">Receives the errors.</param>
    /// <param name="onLine">Receives the output lines of the tool.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Null when the build failed.</returns>
    public static async Task<BuiltCode?> RunAsync(
        string work,
        SourceContent content,
        LambdaRuntime? runtime,
        HashCache cache,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        // Computed again, since a file may have been saved after it was hashed.
        if (PartsOf(content.Tree, runtime, cache, origin, cancellationToken) is not { } parts)
            return null;
        var project = Path.Combine(work, "source");
        var source = Path.Combine(project, parts.Code);
        Directory.CreateDirectory(source);
        parts.CopyTo(project, cancellationToken);
        if (!content.WriteTo(source, cancellationToken))
            return null;
        if (content.Tree is null || runtime is null)
            return new BuiltCode(source, content.Hash);
        // The sources may have changed since they were read, so the copy decides.
        if (CodeTreeReader.Read(source, origin, cancellationToken) is not { } copy
            || DependencyManifest.Of(copy, runtime, origin) is not { } installer)
            return null;
        var hash = HashOf(SourceContent.HashOfFolder(copy, cancellationToken), parts);
        var artifacts = DependencyManifest.Builds(installer)
            ? Directory.CreateDirectory(Path.Combine(work, "artifacts")).FullName
            : source;
        var folders = new BuildFolders(work, source, artifacts)
        {
            Requirements = [.. parts.Requirements.Select(r => Path.Combine(project, r))],
            Parts = [.. parts.Paths.Select(p => Path.Combine(project, p)).Where(Directory.Exists)],
        };
        if (!await DependencyInstall.RunAsync(installer, runtime, folders, origin, onLine, cancellationToken))
            return null;
        return Settle(folders, origin, cancellationToken) is { } settled ? new BuiltCode(settled, hash) : null;
    }

    // npm links to the folders of local packages, and a makefile may link to anything: the targets of such links are
    // copied.
    private static string? Settle(BuildFolders folders, Origin origin, CancellationToken cancellationToken)
    {
        var result = folders.Artifacts;
        if (BuiltContent.LinksOf(result, origin) is not { } links)
            return null;
        if (links.All(
            link => LinkRule.StaysInside(Path.GetRelativePath(result, link), new FileInfo(link).LinkTarget ?? "")))
            return result;
        if (CodeTreeReader.ReadAll(
            result, origin with { Project = ProjectFiles.At(folders.Root) }, cancellationToken) is not { } tree)
            return null;
        var settled = Path.Combine(folders.Root, "settled");
        TreeCopy.Copy(tree, settled, cancellationToken);
        return settled;
    }
}
