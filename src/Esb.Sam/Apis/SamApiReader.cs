using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Reads <c>AWS::Serverless::Api</c> and <c>AWS::Serverless::HttpApi</c>.</summary>
internal sealed class SamApiReader(UnreadGuards unread, Resolver resolver)
{
    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;

    public Api Read(string subject, string id, bool isHttp, YamlMapping properties, YamlNode at)
    {
        var reader = new MappingReader(properties, subject, _diagnostics);
        var auth = SamAuthReader.Read(subject, properties["Auth"], isHttp, _diagnostics);
        CheckTogether(subject, reader);
        var api = new Api
        {
            Id = id,
            IsHttp = isHttp,
            Stage = reader.Text("StageName") ?? Api.DefaultStage(isHttp),
            StageVariables = properties[isHttp ? "StageVariables" : "Variables"] as YamlMapping,
            Domain = properties["Domain"] as YamlMapping,
            BasePaths = BasePaths.Of(subject, properties["Domain"] as YamlMapping, isHttp, _diagnostics),
            BinaryMediaTypes =
                [.. reader.TextList("BinaryMediaTypes").Select(t => t.Replace("~1", "/", StringComparison.Ordinal))],
            Cors = Cors(subject, properties[isHttp ? "CorsConfiguration" : "Cors"], isHttp),
            Closed = Closed(subject, id, reader, isImplicit: at == YamlMapping.Empty) ?? auth.Closed,
            Auth = auth,
            TakesKeysFromAuthorizer = !isHttp && KeySources.IsAuthorizer(properties["ApiKeySourceType"]),
            UsagePlan = (properties["Auth"] as YamlMapping)?["UsagePlan"] as YamlMapping,
        };
        if (OnAws(properties) || resolver.Scope.Context.DefinedOnAws.Contains(subject))
            api = api with { GuardsUnknown = "the definition of its API is on AWS" };
        var written = Definition(subject, properties, at);
        if (isHttp && written is not null)
            CheckHttp(subject, written);
        return written is { } definition
            ? new OpenApiReader(subject, resolver)
                .AddTo(api with { TakesEvents = isHttp || (reader.Boolean("MergeDefinitions") ?? false) }, definition)
            : api;
    }

    private YamlMapping? Cors(string subject, YamlNode? written, bool isHttp) => CorsReader.Checked(
        isHttp ? CorsReader.OfHttpApi(written) : CorsReader.OfRestApi(written), subject, written, _diagnostics);

    // SAM makes one policy for the whole API from the API's own policy and that of its domain.
    private string? Closed(string subject, string id, MappingReader api, bool isImplicit)
    {
        var context = resolver.Scope.Context;
        var domain = api.Mapping["Domain"] as YamlMapping;
        var name = isImplicit ? null : subject;
        var stage = api.Text("StageName") ?? "Prod";
        return ResourcePolicy.Closes(subject, id, api.Mapping["Policy"], domain, context, stage)
            ?? unread.Closes(name, id, _diagnostics)
            ?? PrivateApis.Closes(name, api.Mapping["EndpointConfiguration"], context)
            ?? PrivateApis.Closes(name, domain?["EndpointConfiguration"], context);
    }

    // SAM extends every such definition, and refuses one that it cannot extend.
    private void CheckHttp(string subject, YamlMapping definition)
    {
        if (definition["openapi"] is not YamlScalar { Value: ['3', ..] })
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: its definition is not OpenAPI 3",
                definition["openapi"] ?? definition["swagger"] ?? definition,
                "an HTTP API needs openapi: '3.0.1'");
        else if (definition["paths"] is not YamlMapping)
            _diagnostics.Error(
                DiagnosticCodes.MissingKey, $"{subject}: its definition has no paths", definition, "write paths: {}");
    }

    // Settings that are valid alone, but not together.
    private void CheckTogether(string subject, MappingReader api)
    {
        foreach (var name in new[] { "AddDefaultAuthorizerToCorsPreflight", "AddApiKeyRequiredToCorsPreflight" }.Where(
            n => api.Mapping["Cors"] is not (null or YamlScalar { IsNull: true })
                && (api.Mapping["Auth"] as YamlMapping)?[n] is YamlScalar { Value: "true" or "True" or "TRUE" }))
            resolver.Scope.Context.Receipt.Ignored(
                subject,
                $"Auth.{name}",
                "every preflight gets the answer that Cors defines",
                api.Mapping.KeyNode("Auth")!);
        if (api.Mapping["DefinitionUri"] is not { } uri || uri is YamlScalar { IsNull: true })
            return;
        if (api.Boolean("MergeDefinitions") == true)
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'MergeDefinitions' together with 'DefinitionUri'",
                uri,
                "SAM merges a DefinitionBody only");
        foreach (var name in new[] { "Auth", "Cors", "CorsConfiguration" }.Where(n =>
            api.Mapping[n] is YamlMapping { Entries.Count: > 0 } or YamlScalar { IsNull: false, AsBoolean: not false }))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: '{name}' together with 'DefinitionUri'",
                api.Mapping.KeyNode(name),
                "SAM adds it to a DefinitionBody only: write the definition there, or include it with Fn::Transform");
    }

    private YamlMapping? Definition(string subject, YamlMapping properties, YamlNode at)
    {
        if (properties["DefinitionUri"] is { } second and not YamlScalar { IsNull: true }
            && properties["DefinitionBody"] is not (null or YamlScalar { IsNull: true }))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'DefinitionBody' and 'DefinitionUri' cannot both be the definition",
                second,
                "leave one of them out");
        switch (properties["DefinitionBody"] ?? properties["DefinitionUri"])
        {
            case YamlMapping body when properties.Contains("DefinitionBody"):
                return body;
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlScalar path when !properties.Contains("DefinitionBody")
                && !path.Value.Contains("://", StringComparison.Ordinal):
                return Read(subject, path);
            case var other when properties.Contains("DefinitionBody"):
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{subject}: 'DefinitionBody' must be a mapping, but is {other.Kind}",
                    other);
                return null;
            case var elsewhere:
                const string Why = "the definition is on AWS and cannot be read here; only routes of events are served";
                resolver.Scope.Context.Receipt.Approximated(subject, "DefinitionUri", Why, at);
                _diagnostics.Warning(
                    DiagnosticCodes.NotSupported, $"{subject}: {Why}", elsewhere, "name a file next to the template");
                return null;
        }
    }

    private static bool OnAws(YamlMapping properties) => !properties.Contains("DefinitionBody")
        && properties["DefinitionUri"] is { } written
        && written switch
        {
            YamlScalar { IsNull: true } => false,
            YamlScalar path => path.Value.Contains("://", StringComparison.Ordinal),
            _ => true,
        };

    private YamlMapping? Read(string subject, YamlScalar path)
    {
        if (DefinitionFile.Read(subject, path, resolver) is not { } written)
            return null;
        var resolved = resolver.Resolve(written) as YamlMapping;
        DynamicReferences.Check(subject, "DefinitionUri", resolved ?? YamlMapping.Empty, _diagnostics);
        return resolved;
    }
}
