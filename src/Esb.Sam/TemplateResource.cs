using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>A resource with everything resolved: what the readers of the model start from.</summary>
internal sealed record TemplateResource(YamlScalar Key, string Type, YamlMapping Properties)
{
    public string LogicalId => Key.Value;
}
