using Esb.Sam.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Finds the API of an event: the one that it names, or the implicit one.</summary>
internal static class NamedApis
{
    /// <summary>The property that names the API.</summary>
    public static string Property(bool isHttp) => isHttp ? "ApiId" : "RestApiId";

    /// <summary>The result of <c>Ref</c> of an event's API.</summary>
    /// <param name="properties">The properties of the event.</param>
    /// <param name="isHttp">Whether the event is an <c>HttpApi</c> event.</param>
    /// <param name="context">The template of the event.</param>
    public static string Of(YamlMapping? properties, bool isHttp, StackContext context) =>
        ResourceSet.Text(properties?[Property(isHttp)])
            ?? context.NameOf(isHttp ? ApiSet.ImplicitHttpApi : ApiSet.ImplicitRestApi);

    /// <summary>The APIs of all events of one template.</summary>
    /// <param name="functions">The functions, with their events.</param>
    /// <param name="machines">The state machines, which have events too.</param>
    /// <param name="context">The template.</param>
    public static IEnumerable<string> Of(
        IEnumerable<ReadFunction> functions,
        IEnumerable<TemplateResource> machines,
        StackContext context) =>
    [
        .. functions.SelectMany(f => f.Events).Where(e => e.Kind is "Api" or "HttpApi")
            .Select(e => Of(e.Properties.Mapping, e.Kind == "HttpApi", context)),
        .. machines.SelectMany(m => (m.Properties["Events"] as YamlMapping)?.Entries ?? [])
            .Select(e => e.Value as YamlMapping)
            .Select(e => (Kind: ResourceSet.Text(e?["Type"]), Properties: e?["Properties"] as YamlMapping))
            .Where(e => e.Kind is "Api" or "HttpApi").Select(e => Of(e.Properties, e.Kind == "HttpApi", context)),
    ];
}
