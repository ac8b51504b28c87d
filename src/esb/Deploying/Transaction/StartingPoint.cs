namespace Esb.Cli.Deploying.Transaction;

/// <summary>A missing or empty file whose content was found elsewhere.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The place where it was found, for messages.</param>
internal sealed record FoundFile(string Name, string From);

/// <summary>
/// The starting point of a change of the three files: their content and, for a missing file, what is still served or
/// was written last. A file that vanished, or a baked-in configuration, is then not lost by the next deploy.
/// </summary>
/// <param name="Existing">The configuration to merge into. Its files also have their content on the disk.</param>
/// <param name="Found">The files whose content was found elsewhere.</param>
internal sealed record StartingPoint(ConfigurationFolder Existing, IReadOnlyList<FoundFile> Found)
{
    /// <summary>
    /// What is or was served, when that differs from the content of the files. It is kept as a revision, so that a
    /// rollback can restore it.
    /// </summary>
    public ConfigurationFolder? Known { get; init; }

    /// <summary>
    /// The served entries that the user gives up with <c>--allow-loss</c>, each with its kind and name.
    /// </summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The content of the files alone.</summary>
    public static StartingPoint OfFiles(ConfigurationFolder existing) => new(existing, []);
}
