using Esb.Schema.Yaml;

namespace Esb.Sam.Resources;

/// <summary>A table or bucket with CloudFormation's property names.</summary>
/// <param name="LogicalId">The key under <c>Resources</c>.</param>
/// <param name="Name">Its physical name.</param>
/// <param name="Properties">All properties, the name first.</param>
public sealed record SamResource(string LogicalId, string Name, YamlMapping Properties);
