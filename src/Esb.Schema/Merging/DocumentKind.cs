using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>One of the three documents, and what a deploy does with it. Loops go over <see cref="All"/>.</summary>
public sealed class DocumentKind
{
    private DocumentKind(
        string name,
        Func<YamlMapping, YamlMapping, MergeResult> merge,
        Func<YamlMapping, YamlMapping, IReadOnlyList<Change>> compare,
        Func<YamlMapping, Predicate<ConfigurationEntry>, YamlMapping> remove) =>
        (Name, Merge, Compare, Remove) = (name, merge, compare, remove);

    /// <summary>Tables, buckets and layers.</summary>
    public static DocumentKind Resources { get; } = new(
        ConfigurationFiles.Resources, ResourcesMerge.Merge, DocumentComparison.Resources, Removal.FromResources);

    /// <summary>Functions and their defaults.</summary>
    public static DocumentKind Functions { get; } = new(
        ConfigurationFiles.Functions, FunctionsMerge.Merge, DocumentComparison.Functions, Removal.FromFunctions);

    /// <summary>Routes and API keys.</summary>
    public static DocumentKind Routing { get; } = new(
        ConfigurationFiles.Routing, RoutingMerge.Merge, DocumentComparison.Routing, Removal.FromRouting);

    /// <summary>All three, in the order in which a deploy writes them.</summary>
    public static IReadOnlyList<DocumentKind> All { get; } = [Resources, Functions, Routing];

    /// <summary>The name of its file.</summary>
    public string Name { get; }

    /// <summary>Merges a deploy's document into the existing one.</summary>
    public Func<YamlMapping, YamlMapping, MergeResult> Merge { get; }

    /// <summary>Finds the differences between two states.</summary>
    public Func<YamlMapping, YamlMapping, IReadOnlyList<Change>> Compare { get; }

    /// <summary>The document without some of its entries.</summary>
    public Func<YamlMapping, Predicate<ConfigurationEntry>, YamlMapping> Remove { get; }
}
