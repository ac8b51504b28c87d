namespace Esb.Schema.Files;

/// <summary>The names of the three files. They are an interface and do not change.</summary>
public static class ConfigurationFiles
{
    /// <summary>Functions and their defaults.</summary>
    public const string Functions = "functions.yml";

    /// <summary>Routes.</summary>
    public const string Routing = "routing.yml";

    /// <summary>Tables, buckets and layers.</summary>
    public const string Resources = "resources.yml";

    /// <summary>The subfolder of a configuration folder that keeps its revisions.</summary>
    public const string Revisions = ".revisions";

    /// <summary>The file in a revision that records how the revision was made.</summary>
    public const string RevisionNote = "revision.json";

    /// <summary>The file that names the environment which is served from a configuration folder.</summary>
    public const string Environment = ".environment";

    /// <summary>The file that is locked while a configuration folder is being changed.</summary>
    public const string Lock = ".deploy.lock";

    /// <summary>The receipt of a deploy, which is written beside the generated files.</summary>
    public const string Receipt = "receipt.json";

    /// <summary>All three, in the order in which a deploy writes them.</summary>
    public static readonly IReadOnlyList<string> Names = [Resources, Functions, Routing];
}
