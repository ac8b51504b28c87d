using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>The resolved resources of a template, by type, in order.</summary>
internal sealed class ResourceSet(IReadOnlyList<TemplateResource> all)
{
    private readonly ILookup<string, TemplateResource> _byType = all.ToLookup(r => r.Type, StringComparer.Ordinal);

    public IReadOnlyList<TemplateResource> All => all;

    public IEnumerable<TemplateResource> Of(string type) => _byType[type];

    /// <summary>The resources of both types, in the order of the template.</summary>
    public IEnumerable<TemplateResource> Of(string first, string second) =>
        _byType.Contains(first) && _byType.Contains(second)
            ? all.Where(r => r.Type == first || r.Type == second)
            : _byType[first].Concat(_byType[second]);

    /// <summary>The text of a property; null when it is absent or something else.</summary>
    public static string? Text(YamlNode? node) => node is YamlScalar { IsNull: false } scalar ? scalar.Value : null;
}
