using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>A resource with all properties resolved that are read; the input of the readers of the model.</summary>
/// <param name="Key">The logical id, with its position.</param>
/// <param name="Type">Such as <c>AWS::Serverless::Function</c>.</param>
/// <param name="Properties">With globals merged and functions resolved, without ignored ones.</param>
/// <param name="Metadata">Resolved; empty when there is none.</param>
/// <param name="Name">The physical name.</param>
/// <param name="Context">The template of the resource.</param>
internal sealed record TemplateResource(
    YamlScalar Key,
    string Type,
    YamlMapping Properties,
    YamlMapping Metadata,
    string Name,
    StackContext Context)
{
    public string LogicalId => Key.Value;
}
