using Esb.Sam.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Which API an event belongs to: the one that it names, or the one that SAM makes itself.</summary>
internal static class NamedApis
{
    /// <summary>The property that names it.</summary>
    public static string Property(bool isHttp) => isHttp ? "ApiId" : "RestApiId";

    /// <summary>What <c>Ref</c> of the API of an event gives.</summary>
    /// <param name="properties">Of the event.</param>
    /// <param name="isHttp">Whether it is an <c>HttpApi</c> event.</param>
    /// <param name="context">Where it stands.</param>
    public static string Of(YamlMapping? properties, bool isHttp, StackContext context) =>
        ResourceSet.Text(properties?[Property(isHttp)]) ?? context.NameOf(isHttp ? ApiSet.ImplicitHttpApi : ApiSet.ImplicitRestApi);

    /// <summary>Those of all events of one template.</summary>
    /// <param name="functions">With their events.</param>
    /// <param name="machines">State machines, which have events too.</param>
    /// <param name="context">Where they stand.</param>
    public static IEnumerable<string> Of(IEnumerable<ReadFunction> functions, IEnumerable<TemplateResource> machines, StackContext context) =>
    [
        .. functions.SelectMany(f => f.Events).Where(e => e.Kind is "Api" or "HttpApi").Select(e => Of(e.Properties.Mapping, e.Kind == "HttpApi", context)),
        .. machines.SelectMany(m => (m.Properties["Events"] as YamlMapping)?.Entries ?? []).Select(e => e.Value as YamlMapping)
            .Select(e => (Kind: ResourceSet.Text(e?["Type"]), Properties: e?["Properties"] as YamlMapping))
            .Where(e => e.Kind is "Api" or "HttpApi").Select(e => Of(e.Properties, e.Kind == "HttpApi", context)),
    ];
}
