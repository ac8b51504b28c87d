using Esb.Sam.Apis.Integrations;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Reads the routes of an OpenAPI 2 or 3 definition: each method with its <c>x-amazon-apigateway-integration</c>. A
/// route that cannot be served here is closed and reported. Source: API Gateway Developer Guide, "OpenAPI extensions
/// for API Gateway".
/// </summary>
/// <param name="subject">The name of the API in messages and in the receipt.</param>
/// <param name="resolver">The resolver of the template.</param>
internal sealed class OpenApiReader(string subject, Resolver resolver)
{
    private const string Key = "x-amazon-apigateway-integration";

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;
    private readonly Receipt _receipt = resolver.Scope.Context.Receipt;
    private readonly DefinitionKinds _kinds = new(subject, resolver.Scope.Context);

    public Api AddTo(Api api, YamlMapping definition)
    {
        var types = (definition["x-amazon-apigateway-binary-media-types"] as YamlSequence)?.Items.OfType<YamlScalar>()
            .Select(t => t.Value)
            ?? [];
        new DefinitionWalk(subject, resolver.Scope.Context).Check(definition);
        _kinds.CheckDefinition(definition);
        OpenApiKeys.OfDefinition.Check(definition, subject, "", resolver.Scope.Context);
        var security = new OpenApiSecurity(definition, api, subject, resolver.Scope.Context);
        var guards = new OperationGuards(security, new SamSecurity(api.Auth));
        api = api with
        {
            Cors = api.Cors ?? CorsReader.Checked(
                CorsReader.OfHttpApi(definition["x-amazon-apigateway-cors"]),
                subject,
                definition["x-amazon-apigateway-cors"],
                _diagnostics),
            BinaryMediaTypes = [.. api.BinaryMediaTypes.Union(types)],
            Closed = api.Closed ?? ResourcePolicy.Closes(
                subject, api.Id, definition["x-amazon-apigateway-policy"], null, resolver.Scope.Context, api.Stage)
                ?? PrivateApis.Closes(subject, definition, resolver.Scope.Context),
            Auth = api.Auth with { Authorizers = security.Authorizers },
            Guards = guards,
            TakesKeysFromAuthorizer = api.TakesKeysFromAuthorizer
                || (!api.IsHttp && KeySources.IsAuthorizer(definition[OpenApiKeys.KeySource])),
        };
        return api with
        {
            Defined = [.. Paths(definition).SelectMany(path => Routes(api, path.Key, path.Value, guards, definition))],
        };
    }

    private IEnumerable<YamlEntry> Paths(YamlMapping definition)
    {
        if (definition["paths"] is YamlMapping paths)
        {
            foreach (var (key, _) in paths.Entries.Where(p => GuardWords.IsOfAws(p.Key.Value)))
                _receipt.Ignored(subject, $"paths.{key.Value}", Reasons.Managed, key);
            return paths.Entries.Where(p => !p.Key.Value.StartsWith("x-", StringComparison.Ordinal));
        }

        if (definition["paths"] is { } other and not YamlScalar { IsNull: true })
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{subject}: 'paths' of its definition must be a mapping, but is {other.Kind}",
                other);
        return [];
    }

    private IEnumerable<SamRoute> Routes(
        Api api,
        YamlScalar path,
        YamlNode item,
        OperationGuards guards,
        YamlMapping definition)
    {
        if (item is not YamlMapping and not YamlScalar { IsNull: true })
        {
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{subject}: path '{path.Value}' must be a mapping, but is {item.Kind}",
                item);
            yield break;
        }

        var pattern = api.IsHttp && path.Value == "/$default" ? RoutePattern.Default : path.Value;
        if (api.Refused(pattern) is { } problem)
        {
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: path '{path.Value}': {problem}", path);
            yield break;
        }

        var (methods, missing) = OpenApiPathItem.Referred(item as YamlMapping ?? YamlMapping.Empty, definition);
        var isMisspelt = HasWrongKeys(path, methods);
        var verbs = Verbs(path, methods);
        if (missing is not null || (verbs.Count == 0 && !isMisspelt))
            yield return Closed(api, pattern, path, missing ?? "it has no method");
        var answers = verbs.ConvertAll(v => Target(api, path, v.Key, v.Operation, definition));
        var options = verbs.FindIndex(v => IsOptions(v.Key));
        // A mock that answers preflights is served if it can be; otherwise only its CORS rules are kept.
        var cors = api.Cors ?? (options >= 0 && answers[options].Closed is not null ? Preflight(methods) : null);
        for (var i = 0; i < verbs.Count; i++)
        {
            var (method, operation) = verbs[i];
            var name = Name(method, path);
            OpenApiKeys.OfOperation.Check(operation, subject, $"{name}.", resolver.Scope.Context);
            if (i == options && cors is not null && answers[i].Closed is not null)
            {
                _receipt.Approximated(subject, name, "preflights are answered by the gateway itself", method);
                continue;
            }

            var authorizer = Authorizer(guards.OfOperation(Api.MethodOf(method.Value), pattern, operation), name);
            var route = api.Route(pattern, method.Value, answers[i], authorizer, operation.Place);
            yield return route with { Cors = cors };
        }
    }

    private List<(YamlScalar Key, YamlMapping Operation)> Verbs(YamlScalar path, YamlMapping methods)
    {
        var verbs = methods.Entries.Where(m => OpenApiPathItem.IsMethod(m.Key.Value))
            .Select(m => (m.Key, Operation: m.Value as YamlMapping ?? new YamlMapping([], m.Key.Place)))
            .ToList();
        foreach (var (trace, _) in verbs.Where(v => !OpenApiPathItem.IsServed(v.Key.Value)))
            resolver.Scope.Context.LeaveOut(subject, Name(trace, path), "API Gateway has no such method", trace);
        verbs.RemoveAll(v => !OpenApiPathItem.IsServed(v.Key.Value));
        return verbs;
    }

    private bool HasWrongKeys(YamlScalar path, YamlMapping methods)
    {
        var isWrong = false;
        foreach (var (key, _) in methods.Entries.Where(
            m => GuardWords.IsOfAws(m.Key.Value) && !OpenApiPathItem.IsMethod(m.Key.Value)))
            _receipt.Ignored(subject, $"{path.Value}.{key.Value}", Reasons.Managed, key);
        foreach (var (key, _) in methods.Entries.Where(m => OpenApiPathItem.IsUnknown(m.Key.Value)))
        {
            var help = OpenApiPathItem.MethodHelp(key.Value);
            isWrong |= help is not null;
            if (help is not null)
                _diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{subject}: path '{path.Value}' has no method '{key.Value}'",
                    key,
                    help);
            else
                resolver.Scope.Context.LeaveOut(subject, $"{path.Value}.{key.Value}", "it is not a method", key);
        }

        return isWrong;
    }

    // Without this closed route, a broader route would take the requests for the path.
    private SamRoute Closed(Api api, string pattern, YamlScalar path, string reason)
    {
        Close($"ANY {path.Value}", $"ANY {path.Value}", reason, path);
        return api.Route(pattern, "ANY", RouteTarget.None(reason), null, path.Place);
    }

    private static bool IsOptions(YamlScalar method) =>
        method.Value.Equals("options", StringComparison.OrdinalIgnoreCase);

    private static YamlMapping? Preflight(YamlMapping methods)
    {
        var integration = (methods["options"] as YamlMapping)?[Key] as YamlMapping;
        return IsMock(integration) && integration!["responses"] is YamlMapping responses
            ? CorsReader.OfMock(responses.Entries.Select(r => (r.Value as YamlMapping)?["responseParameters"]))
            : null;
    }

    private RouteTarget Target(
        Api api,
        YamlScalar path,
        YamlScalar method,
        YamlMapping operation,
        YamlMapping definition)
    {
        var written = Integrated(operation[Key], definition);
        if (written is not null)
        {
            OpenApiKeys.OfIntegration.Check(written, subject, $"{Name(method, path)}.", resolver.Scope.Context);
            _kinds.CheckIntegration(written, Name(method, path));
        }

        var integration =
            written is null ? null : Integration.OfDefinition(written).WithStageVariables(api.StageVariables);
        return new IntegrationTargets(resolver.Scope.Context, api.TakesEvents)
            .Of(integration, api.IsHttp, path.Value, (subject, Name(method, path), method));
    }

    private static string Name(YamlScalar method, YamlScalar path) => OpenApiPathItem.Name(method.Value, path.Value);

    // HTTP APIs may define integrations once and refer to them.
    private static YamlMapping? Integrated(YamlNode? node, YamlMapping definition)
    {
        if (node is not YamlMapping integration || integration["$ref"] is not YamlScalar reference)
            return node as YamlMapping;
        var components = definition["components"] as YamlMapping;
        var integrations = components?["x-amazon-apigateway-integrations"] as YamlMapping;
        return integrations?[reference.Value.Split('/')[^1]] as YamlMapping;
    }

    private static bool IsMock(YamlMapping? integration) =>
        string.Equals(ResourceSet.Text(integration?["type"]), "mock", StringComparison.OrdinalIgnoreCase);

    private YamlMapping? Authorizer(OpenApiRequirement said, string route)
    {
        if (said.Closed is var (reason, at))
            Close($"{route}.security", route, reason, at);
        return said.Authorizer;
    }

    private void Close(string property, string route, string reason, YamlNode at)
    {
        _receipt.Ignored(subject, property, $"{reason}; the route is closed", at);
        _diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: {route}: the route is closed: {reason}", at);
    }
}
