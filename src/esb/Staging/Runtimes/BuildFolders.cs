namespace Esb.Cli.Staging.Runtimes;

/// <summary>Where code is built.</summary>
/// <param name="Root">All of it: gone when the result is published, so that nothing of the result may lead
/// here.</param>
/// <param name="Source">The copy of the code, in it.</param>
/// <param name="Artifacts">Where what is made goes; the same folder where dependencies are only added to the
/// code.</param>
internal sealed record BuildFolders(string Root, string Source, string Artifacts)
{
    /// <summary>For pip: the copies of all requirements files.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>The copies of other folders of the project that the build takes.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
