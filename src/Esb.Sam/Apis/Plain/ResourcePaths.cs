using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis.Plain;

/// <summary>The path of an <c>AWS::ApiGateway::Resource</c>: its part behind that of its parent.</summary>
internal sealed class ResourcePaths(IEnumerable<TemplateResource> resources, DiagnosticBag diagnostics)
{
    // API Gateway's own quota is 300 resources for an API.
    private const int MaxDepth = 64;

    private readonly Dictionary<string, TemplateResource> _byName = resources.ToDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>Null when a parent is not in this template, or parents go round in a circle.</summary>
    public string? Of(string resource, string api)
    {
        var path = "";
        for (var depth = 0; depth <= MaxDepth; depth++)
        {
            if (resource == ResourceNames.RootOf(api) || resource == api)
                return path.Length == 0 ? "/" : path;
            if (!_byName.TryGetValue(resource, out var part))
                return null;
            path = $"/{ResourceSet.Text(part.Properties["PathPart"])}{path}";
            resource = ResourceSet.Text(part.Properties["ParentId"]) ?? "";
        }

        diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource}: the parents of this resource go round in a circle", _byName.GetValueOrDefault(resource)?.Key);
        return null;
    }
}
