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

    /// <summary>All three, in the order in which a deploy writes them.</summary>
    public static readonly IReadOnlyList<string> Names = [Resources, Functions, Routing];
}
