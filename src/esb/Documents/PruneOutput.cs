namespace Esb.Cli.Documents;

/// <summary>What <c>esb prune --json</c> removed, or would remove.</summary>
/// <param name="ConfigDir">The configuration folder.</param>
/// <param name="DryRun">Whether nothing was removed.</param>
/// <param name="Revisions">The numbers of the removed revisions.</param>
/// <param name="Code">The removed folders of code.</param>
/// <param name="Images">The removed images.</param>
/// <param name="KeptRevisions">The number of revisions that are kept.</param>
/// <param name="FreedBytes">The space that is freed.</param>
internal sealed record PruneOutput(
    string ConfigDir,
    bool DryRun,
    IReadOnlyList<int> Revisions,
    IReadOnlyList<RemovedFolderOutput> Code,
    IReadOnlyList<RemovedImageOutput> Images,
    int KeptRevisions,
    long FreedBytes);

/// <summary>A removed folder.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Bytes">The space in bytes that nothing else shares.</param>
internal sealed record RemovedFolderOutput(string Path, long Bytes);

/// <summary>A removed image.</summary>
/// <param name="Reference">Its name.</param>
/// <param name="Bytes">The space in bytes that nothing else shares.</param>
internal sealed record RemovedImageOutput(string Reference, long Bytes);
