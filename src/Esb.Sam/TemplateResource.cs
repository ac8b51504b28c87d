using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>
/// A resource in which all properties that ESB reads are resolved. The readers of the model start from it.
/// </summary>
/// <param name="Key">The logical id, with its position.</param>
/// <param name="Type">The type, such as <c>AWS::Serverless::Function</c>.</param>
/// <param name="Properties">The properties, with globals merged and functions resolved, without ignored ones.</param>
/// <param name="Metadata">The resolved metadata; empty if there is none.</param>
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
