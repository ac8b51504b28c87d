using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.References;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;

namespace Esb.Cli.Staging;

/// <summary>What a build made.</summary>
/// <param name="Folder">The function's or layer's content; nothing in it leads out of it.</param>
/// <param name="Hash">Of what it was made of.</param>
internal sealed record BuiltCode(string Folder, string Hash);

/// <summary>
/// Builds code in a copy: of the code folder, and of what the build takes from the rest of the project, each at the
/// place that it has there.
/// </summary>
internal static class CodeBuild
{
    /// <summary>What the build takes from the rest of the project.</summary>
    /// <returns>Null when something is wrong; the origin has been told.</returns>
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

    /// <summary>The identity of code with what it is built with.</summary>
    public static string HashOf(string code, ProjectParts parts) => parts.Any ? ContentHash.Of(code, parts.Hash) : code;

    /// <param name="work">An empty folder, of which nothing is needed but the result.</param>
    /// <param name="content">The code.</param>
    /// <param name="runtime">For whom it is built; null: it is copied.</param>
    /// <param name="cache">Hashes of what has not changed.</param>
    /// <param name="origin">Is told what is wrong.</param>
    /// <param name="onLine">Takes lines of the tool.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when it did not work.</returns>
    public static async Task<BuiltCode?> RunAsync(
        string work,
        SourceContent content,
        LambdaRuntime? runtime,
        HashCache cache,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        // Again, and not handed on: somebody may have saved a file since it was hashed.
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
        // What counts is what was copied.
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

    // npm links to the folders of local packages, a makefile may link to anything: what they lead to comes along.
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
