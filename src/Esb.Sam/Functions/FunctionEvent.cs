using Esb.Sam.Rules;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>An event of a function, of a kind that is served.</summary>
/// <param name="Name">Its key under <c>Events</c>.</param>
/// <param name="Kind">One of the keys of <see cref="EventRules.ByKind"/>.</param>
/// <param name="Properties">Its properties; their subject names the function and the event.</param>
/// <param name="Node">The whole event.</param>
internal sealed record FunctionEvent(YamlScalar Name, string Kind, MappingReader Properties, YamlMapping Node);
