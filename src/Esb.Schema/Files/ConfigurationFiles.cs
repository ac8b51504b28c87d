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

    /// <summary>Earlier states of a configuration folder, in a folder of its own inside.</summary>
    public const string Revisions = ".revisions";

    /// <summary>How a revision came to be, beside its files.</summary>
    public const string RevisionNote = "revision.json";

    /// <summary>The environment that is served from a configuration folder.</summary>
    public const string Environment = ".environment";

    /// <summary>Locked by whoever changes a configuration folder.</summary>
    public const string Lock = ".deploy.lock";

    /// <summary>What became of the templates, beside generated files.</summary>
    public const string Receipt = "receipt.json";

    /// <summary>All three, in the order in which a deploy writes them.</summary>
    public static readonly IReadOnlyList<string> Names = [Resources, Functions, Routing];
}
