using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// The path of an <c>AWS::ApiGateway::Resource</c>: the path of its parent, which may be in another template, followed
/// by its own part.
/// </summary>
internal sealed class ResourcePaths(IEnumerable<TemplateResource> resources)
{
    // API Gateway allows 300 resources in an API.
    private const int MaxDepth = 64;

    private readonly Dictionary<string, TemplateResource> _byName = resources.ToDictionary(
        r => r.Name, StringComparer.Ordinal);

    /// <summary>
    /// The complete path; null when a parent is in none of the templates, or when the parents form a cycle.
    /// </summary>
    public string? Of(TemplateResource method, string api)
    {
        var (path, end, isCircle) = Walk(method, api);
        if (!isCircle)
            return end == ResourceNames.RootOf(api) || end == api ? path : null;
        method.Context.Diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{end}: the parents of this resource form a cycle",
            _byName.GetValueOrDefault(end)?.Key);
        return null;
    }

    /// <summary>A resource in the path that belongs to another API; null if there is none.</summary>
    public TemplateResource? OfAnotherApi(TemplateResource method, string api) =>
        Ancestors(method).FirstOrDefault(r => ResourceSet.Text(r.Properties["RestApiId"]) != api);

    /// <summary>The known part of the path.</summary>
    public string Guess(TemplateResource method) => Walk(method, "").Path;

    /// <summary>The first ancestor that is in none of the templates.</summary>
    public string EndOf(TemplateResource method) => Walk(method, "").End;

    private (string Path, string End, bool IsCircle) Walk(TemplateResource method, string api)
    {
        var (path, resource) = ("", ResourceSet.Text(method.Properties["ResourceId"]) ?? "");
        for (var depth = 0; depth <= MaxDepth; depth++)
        {
            if (resource == ResourceNames.RootOf(api)
                || resource == api
                || !_byName.TryGetValue(resource, out var part))
                return (path.Length == 0 ? "/" : path, resource, false);
            path = $"/{ResourceSet.Text(part.Properties["PathPart"])}{path}";
            resource = ResourceSet.Text(part.Properties["ParentId"]) ?? "";
        }

        return (path, resource, true);
    }

    private IEnumerable<TemplateResource> Ancestors(TemplateResource method)
    {
        var id = ResourceSet.Text(method.Properties["ResourceId"]) ?? "";
        for (var depth = 0; depth <= MaxDepth && _byName.TryGetValue(id, out var part); depth++)
        {
            yield return part;
            id = ResourceSet.Text(part.Properties["ParentId"]) ?? "";
        }
    }
}
