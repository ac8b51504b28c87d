using Esb.Schema.Yaml;

namespace Esb.Schema.Resources;

/// <summary>A table, a bucket or a layer.</summary>
/// <param name="Name">The value of its name property.</param>
/// <param name="Properties">All properties, including the name, with CloudFormation's names.</param>
public sealed record Resource(string Name, YamlMapping Properties);
