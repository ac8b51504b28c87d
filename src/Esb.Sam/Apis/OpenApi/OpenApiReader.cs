using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Routes of an OpenAPI 2 or 3 definition: each method whose <c>x-amazon-apigateway-integration</c> calls a function. Mocks for
/// preflights become cross-origin rules; other integrations are reported. Source: API Gateway Developer Guide, "OpenAPI extensions for
/// API Gateway".
/// </summary>
/// <param name="subject">The API, as messages and the receipt call it.</param>
/// <param name="resolver">Of the template.</param>
internal sealed class OpenApiReader(string subject, Resolver resolver)
{
    private const string Integration = "x-amazon-apigateway-integration";
    private const string AnyMethod = "x-amazon-apigateway-any-method";

    private static readonly HashSet<string> Methods = new(StringComparer.OrdinalIgnoreCase) { "get", "put", "post", "delete", "options", "head", "patch", "trace", AnyMethod };

    // Source: OpenAPI 3.1, "Path Item Object".
    private static readonly HashSet<string> Beside = new(StringComparer.Ordinal) { "$ref", "summary", "description", "servers", "parameters" };

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;
    private readonly Receipt _receipt = resolver.Scope.Context.Receipt;

    public Api AddTo(Api api, YamlMapping definition)
    {
        var types = (definition["x-amazon-apigateway-binary-media-types"] as YamlSequence)?.Items.OfType<YamlScalar>().Select(t => t.Value) ?? [];
        var security = new OpenApiSecurity(definition, subject, _diagnostics);
        api = api with
        {
            Cors = api.Cors ?? CorsReader.OfHttpApi(definition["x-amazon-apigateway-cors"]),
            BinaryMediaTypes = [.. api.BinaryMediaTypes.Union(types)],
            Auth = api.Auth with { Authorizers = Together(security.Authorizers, api.Auth.Authorizers) },
        };
        return api with { Defined = [.. Paths(definition).SelectMany(path => Routes(api, path.Key, path.Value, security, definition))] };
    }

    private static Dictionary<string, YamlMapping> Together(IReadOnlyDictionary<string, YamlMapping> below, IReadOnlyDictionary<string, YamlMapping> above)
    {
        var all = new Dictionary<string, YamlMapping>(below, StringComparer.Ordinal);
        foreach (var (name, authorizer) in above)
            all[name] = authorizer;
        return all;
    }

    private IEnumerable<YamlEntry> Paths(YamlMapping definition)
    {
        if (definition["paths"] is YamlMapping paths)
            return paths.Entries.Where(p => !p.Key.Value.StartsWith("x-", StringComparison.Ordinal));
        if (definition["paths"] is { } other and not YamlScalar { IsNull: true })
            _diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: 'paths' of its definition must be a mapping, this is {other.Kind}", other);
        return [];
    }

    private IEnumerable<SamRoute> Routes(Api api, YamlScalar path, YamlNode item, OpenApiSecurity security, YamlMapping definition)
    {
        if (item is not YamlMapping methods)
        {
            if (item is not YamlScalar { IsNull: true })
                _diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: path '{path.Value}' must be a mapping, this is {item.Kind}", item);
            yield break;
        }

        var pattern = path.Value == "/$default" ? RoutePattern.Default : path.Value;
        if (RoutePattern.Problem(pattern) is { } problem)
        {
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: path '{path.Value}': {problem}", path);
            yield break;
        }

        foreach (var (key, _) in methods.Entries.Where(m => !Methods.Contains(m.Key.Value) && !Beside.Contains(m.Key.Value) && !m.Key.Value.StartsWith("x-", StringComparison.Ordinal)))
        {
            if (NearMiss.Help(key.Value, Methods) is { } help)
                _diagnostics.Error(DiagnosticCodes.UnknownKey, $"{subject}: path '{path.Value}' has no method '{key.Value}'", key, help);
            else
                resolver.Scope.Context.LeaveOut(subject, $"{path.Value}.{key.Value}", "it is no method", key);
        }

        var cors = api.Cors ?? Preflight(methods);
        foreach (var (method, node) in methods.Entries.Where(m => Methods.Contains(m.Key.Value)))
        {
            if (node is YamlMapping operation && Target(api, path, method, operation, cors is not null, definition) is var (function, payload))
                yield return api.Route(pattern, method.Value, function, payload, Authorizer(api, operation, security), operation.Place) with { Cors = cors };
        }
    }

    private static YamlMapping? Preflight(YamlMapping methods)
    {
        var integration = (methods["options"] as YamlMapping)?[Integration] as YamlMapping;
        return IsMock(integration) && integration!["responses"] is YamlMapping responses
            ? CorsReader.OfMock(responses.Entries.Select(r => (r.Value as YamlMapping)?["responseParameters"]))
            : null;
    }

    private (string Function, string? Payload)? Target(Api api, YamlScalar path, YamlScalar method, YamlMapping operation, bool hasCors, YamlMapping definition)
    {
        var name = $"{method.Value.ToUpperInvariant()} {path.Value}".Replace(AnyMethod.ToUpperInvariant(), "ANY", StringComparison.Ordinal);
        if (Integrated(operation[Integration], definition) is not { } integration)
        {
            _receipt.Ignored(subject, name, "the definition names no integration for it", method);
            return null;
        }

        var (type, uri) = (ResourceSet.Text(integration["type"]), WithStageVariables(ResourceSet.Text(integration["uri"]), api));
        if (LambdaTarget.OfIntegration(type, uri) is { } function && FunctionName.IsValid(function))
        {
            if (LambdaTarget.IsCustom(type))
                _receipt.Approximated(subject, name, Reasons.CustomIntegration, method);
            else
                _receipt.Applied(subject, name, method);
            return (function, api.IsHttp ? ResourceSet.Text(integration["payloadFormatVersion"]) ?? "2.0" : "1.0");
        }

        if (IsMock(integration) && hasCors && method.Value.Equals("options", StringComparison.OrdinalIgnoreCase))
        {
            _receipt.Approximated(subject, name, "preflights are answered by the gateway itself", method);
            return null;
        }

        var kind = type ?? "without a type";
        _receipt.Ignored(subject, name, $"integrations of type {kind} are not served, only functions", method);
        _diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: {name}: an integration of type {kind} is not served, only functions are", method, LambdaTarget.OfArn(uri) is null ? null : Reasons.WrongIntegration);
        return null;
    }

    // HTTP APIs may name integrations once and refer to them.
    private static YamlMapping? Integrated(YamlNode? node, YamlMapping definition) =>
        node is YamlMapping integration
            ? integration["$ref"] is YamlScalar reference
                ? ((definition["components"] as YamlMapping)?["x-amazon-apigateway-integrations"] as YamlMapping)?[reference.Value.Split('/')[^1]] as YamlMapping
                : integration
            : null;

    private static bool IsMock(YamlMapping? integration) => string.Equals(ResourceSet.Text(integration?["type"]), "mock", StringComparison.OrdinalIgnoreCase);

    private static string? WithStageVariables(string? uri, Api api)
    {
        foreach (var (name, value) in uri?.Contains("${stageVariables.", StringComparison.Ordinal) == true ? api.StageVariables?.Entries ?? [] : [])
            uri = uri!.Replace($"${{stageVariables.{name.Value}}}", (value as YamlScalar)?.Value, StringComparison.Ordinal);
        return uri;
    }

    private YamlMapping? Authorizer(Api api, YamlMapping operation, OpenApiSecurity security)
    {
        if (operation["x-amazon-apigateway-auth"] is YamlMapping auth && ResourceSet.Text(auth["type"]) is { } type)
            return type.ToUpperInvariant() switch { "NONE" => null, "AWS_IAM" => AuthorizerForm.Iam, _ => AuthorizerForm.Unsupported($"authorization of type {type} is not served") };
        return security.Of(operation) is { Says: true } said ? said.Authorizer : api.Auth.For(null, subject, _diagnostics);
    }
}
