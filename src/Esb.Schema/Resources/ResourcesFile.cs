using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Resources;

/// <summary>
/// The typed view of <c>resources.yml</c>. The properties stay a tree, because they are CloudFormation's and the
/// provisioner reads them.
/// </summary>
/// <param name="Tables">DynamoDB tables by <c>TableName</c>.</param>
/// <param name="Buckets">S3 buckets by <c>BucketName</c>.</param>
/// <param name="Layers">Layers by <c>Name</c>.</param>
public sealed record ResourcesFile(
    IReadOnlyList<Resource> Tables,
    IReadOnlyList<Resource> Buckets,
    IReadOnlyList<Resource> Layers)
{
    /// <summary>Reads and validates the names. Unknown kinds are reported.</summary>
    /// <returns>What could be read; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    public static ResourcesFile Read(YamlMapping document, DiagnosticBag diagnostics)
    {
        if (!FormatVersion.IsUnderstood(document, ConfigurationFiles.Resources, diagnostics))
            return new ResourcesFile([], [], []);
        TopKeys.RefuseMisspelt(document, ConfigurationFiles.Resources, diagnostics, "resources");
        var resources = new MappingReader(document, ConfigurationFiles.Resources, diagnostics).Nested("resources");
        ResourceKeys.Check(document, resources, diagnostics);
        return new ResourcesFile(
            ReadKind(resources, ResourceKind.Table, diagnostics),
            ReadKind(resources, ResourceKind.Bucket, diagnostics),
            ReadKind(resources, ResourceKind.Layer, diagnostics));
    }

    private static List<Resource> ReadKind(MappingReader? resources, ResourceKind kind, DiagnosticBag diagnostics)
    {
        var named = new OrderedDictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var item in resources?.List(kind.Key) ?? [])
        {
            if (item is not YamlMapping properties)
            {
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"a {kind.Noun} must be a mapping, but is {item.Kind}", item);
                continue;
            }

            var reader = new MappingReader(properties, kind.Noun, diagnostics);
            _ = ApplicationName.Read(reader, diagnostics);
            if (kind == ResourceKind.Layer)
                reader.WarnOfOthers("Name", "ContentUri", "CompatibleRuntimes", ApplicationName.Key);
            if (reader.RequiredText(kind.NameProperty, $"every {kind.Noun} needs one") is { } name)
                named[name] = new Resource(name, properties);
        }

        return [.. named.Values];
    }
}
