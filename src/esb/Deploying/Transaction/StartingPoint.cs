namespace Esb.Cli.Deploying.Transaction;

/// <summary>A file that is not in the folder, or has no bytes, and whose content was found elsewhere.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Where, for people.</param>
internal sealed record FoundFile(string Name, string From);

/// <summary>
/// What a change of the three files begins with: what stands in them and, where one is missing, what is served all the same or was written last. A file that
/// vanished, and a platform that has its configuration inside, lose nothing by the next deploy.
/// </summary>
/// <param name="Existing">What is merged into. Its files know what stands on the disk, too.</param>
/// <param name="Found">The files whose content comes from elsewhere.</param>
internal sealed record StartingPoint(ConfigurationFolder Existing, IReadOnlyList<FoundFile> Found)
{
    /// <summary>What is known to be served or to have been, where that is not what stands in the files; kept as a revision, so that one can go back to it.</summary>
    public ConfigurationFolder? Known { get; init; }

    /// <summary>What is served and goes, by consent: each with its kind and name.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>What stands in the files and nothing else.</summary>
    public static StartingPoint OfFiles(ConfigurationFolder existing) => new(existing, []);
}
