using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>A resource with everything resolved that somebody reads: what the readers of the model start from.</summary>
/// <param name="Key">The logical id where it stands.</param>
/// <param name="Type">E.g. <c>AWS::Serverless::Function</c>.</param>
/// <param name="Properties">Globals merged, functions resolved, ignored ones left out.</param>
/// <param name="Metadata">Resolved; empty when there is none.</param>
/// <param name="Name">The physical name.</param>
/// <param name="Context">The template it stands in.</param>
internal sealed record TemplateResource(YamlScalar Key, string Type, YamlMapping Properties, YamlMapping Metadata, string Name, StackContext Context)
{
    public string LogicalId => Key.Value;
}
