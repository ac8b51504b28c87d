using Esb.Sam.Apis;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary><c>Events</c> of a function: routes and schedules; what the box cannot serve is named in a warning.</summary>
internal sealed class EventReader(IReadOnlyDictionary<string, ApiSettings> apis, DiagnosticBag diagnostics)
{
    /// <summary>An API of the template is found by its logical id; events that name none use the implicit one of their kind.</summary>
    public const string ImplicitRestApi = "ServerlessRestApi";

    /// <summary>The implicit API of <c>HttpApi</c> events.</summary>
    public const string ImplicitHttpApi = "ServerlessHttpApi";

    public (IReadOnlyList<SamRoute> Routes, IReadOnlyList<SamSchedule> Schedules) Read(SamFunction function, YamlMapping? events, List<ReceiptLine> receipt)
    {
        List<SamRoute> routes = [];
        List<SamSchedule> schedules = [];
        foreach (var (name, node) in events?.Entries ?? [])
        {
            if (node is not YamlMapping item)
            {
                diagnostics.Error(DiagnosticCodes.WrongKind, $"{function.LogicalId}: event '{name.Value}' must be a mapping, this is {node.Kind}", node);
                continue;
            }

            var reader = new MappingReader(item, $"{function.LogicalId}, event '{name.Value}'", diagnostics);
            var properties = new MappingReader(item["Properties"] as YamlMapping ?? YamlMapping.Empty, reader.Subject, diagnostics);
            switch (reader.RequiredText("Type", "for example Type: HttpApi"))
            {
                case "Api":
                    AddIfSome(routes, ReadApi(function, properties, item, "1.0", ImplicitRestApi));
                    break;
                case "HttpApi":
                    AddIfSome(routes, ReadApi(function, properties, item, (properties.Mapping["PayloadFormatVersion"] as YamlScalar)?.Value ?? "2.0", ImplicitHttpApi));
                    break;
                case "Schedule":
                    AddIfSome(schedules, ReadSchedule(properties, "Schedule"));
                    break;
                case "ScheduleV2":
                    AddIfSome(schedules, ReadSchedule(properties, "ScheduleExpression"));
                    break;
                case { } other:
                    diagnostics.Warning(DiagnosticCodes.NotSupported, $"{reader.Subject}: the box does not serve events of type '{other}'", name);
                    receipt.Add(new ReceiptLine(function.LogicalId, $"Events.{name.Value}", Outcome.Ignored, $"events of type {other} are not served", name.Place));
                    break;
            }
        }

        return (routes, schedules);
    }

    private static void AddIfSome<T>(List<T> list, T? item)
        where T : class
    {
        if (item is not null)
            list.Add(item);
    }

    private SamRoute? ReadApi(SamFunction function, MappingReader properties, YamlMapping item, string payload, string implicitApi)
    {
        var isHttp = implicitApi == ImplicitHttpApi;
        var path = isHttp ? properties.Text("Path") : properties.RequiredText("Path", "for example Path: /orders/{id}");
        var method = isHttp ? properties.Text("Method") ?? "ANY" : properties.RequiredText("Method", "for example Method: get");
        if (method is null || (path is null && !isHttp))
            return null;
        path ??= RoutePattern.Default;
        if (RoutePattern.Problem(path) is { } problem)
        {
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{properties.Subject}: path '{path}': {problem}", properties.Mapping["Path"]);
            return null;
        }

        var api = apis.GetValueOrDefault(properties.Text(isHttp ? "ApiId" : "RestApiId") ?? implicitApi) ?? apis.GetValueOrDefault(implicitApi) ?? ApiSettings.Open;
        var authorizer = Authorizer(properties.Mapping["Auth"] as YamlMapping, api);
        if (authorizer is not null)
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{properties.Subject}: the authorizer '{authorizer}' cannot be honoured yet, the route will refuse every request with 403", properties.Mapping["Auth"] ?? item);
        var verb = method == "*" ? "ANY" : method.ToUpperInvariant();
        return new SamRoute(path, verb == "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "ANY" : verb, function.Name, payload, api.Cors, authorizer, item.Place);
    }

    private static string? Authorizer(YamlMapping? auth, ApiSettings api)
    {
        var named = (auth?["Authorizer"] as YamlScalar)?.Value ?? (auth?["ApiKeyRequired"] is YamlScalar { Value: "true" } ? "API key" : null) ?? api.DefaultAuthorizer;
        return named == "NONE" ? null : named;
    }

    private static SamSchedule? ReadSchedule(MappingReader properties, string expressionKey)
    {
        var expression = properties.RequiredText(expressionKey, $"for example {expressionKey}: rate(5 minutes)");
        var enabled = properties.Boolean("Enabled") ?? properties.Text("State") != "DISABLED";
        return expression is null ? null : new SamSchedule(expression, properties.Text("Input"), enabled);
    }
}
