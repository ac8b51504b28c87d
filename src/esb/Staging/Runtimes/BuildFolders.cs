namespace Esb.Cli.Staging.Runtimes;

/// <summary>The folders of one build.</summary>
/// <param name="Root">The folder of the whole build. It is deleted when the result is published, so no link in the
/// result may lead into it.</param>
/// <param name="Source">The copy of the code, inside the root.</param>
/// <param name="Artifacts">The folder for the result; the same as the source when dependencies are only added to the
/// code.</param>
internal sealed record BuildFolders(string Root, string Source, string Artifacts)
{
    /// <summary>For pip: the copies of all requirements files.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>The copies of other folders of the project that the build needs.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
