using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Reading;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary><c>AWS::Serverless::Api</c> and <c>AWS::Serverless::HttpApi</c>.</summary>
internal sealed class SamApiReader(Resolver resolver)
{
    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;

    public Api Read(string subject, string id, bool isHttp, YamlMapping properties, YamlNode at)
    {
        var reader = new MappingReader(properties, subject, _diagnostics);
        CheckTogether(subject, reader);
        var api = new Api
        {
            Id = id,
            IsHttp = isHttp,
            Stage = reader.Text("StageName") ?? (isHttp ? "$default" : "Prod"),
            StageVariables = properties[isHttp ? "StageVariables" : "Variables"] as YamlMapping,
            BasePath = BasePath(properties["Domain"] as YamlMapping),
            BinaryMediaTypes = [.. reader.TextList("BinaryMediaTypes").Select(t => t.Replace("~1", "/", StringComparison.Ordinal))],
            Cors = CorsReader.Checked(isHttp ? CorsReader.OfHttpApi(properties["CorsConfiguration"]) : CorsReader.OfRestApi(properties["Cors"]), subject, properties[isHttp ? "CorsConfiguration" : "Cors"], _diagnostics),
            Closed = ResourcePolicy.Closes(subject, properties["Policy"], properties["Domain"] as YamlMapping, resolver.Scope.Context, reader.Text("StageName") ?? "Prod"),
            Auth = SamAuthReader.Read(subject, properties["Auth"], isHttp, _diagnostics),
            UsagePlan = (properties["Auth"] as YamlMapping)?["UsagePlan"] as YamlMapping,
        };
        return Definition(subject, properties, at) is { } definition
            ? new OpenApiReader(subject, resolver).AddTo(api, definition) with { TakesEvents = isHttp || (reader.Boolean("MergeDefinitions") ?? false) }
            : api;
    }

    // What each says alone may be right.
    private void CheckTogether(string subject, MappingReader api)
    {
        var uri = api.Mapping["DefinitionUri"];
        if (uri is not (null or YamlScalar { IsNull: true }) && api.Mapping["DefinitionBody"] is not (null or YamlScalar { IsNull: true }))
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: both 'DefinitionBody' and 'DefinitionUri' are given", uri, "an API has one definition");
        else if (uri is not (null or YamlScalar { IsNull: true }) && api.Boolean("MergeDefinitions") == true)
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: 'MergeDefinitions' together with 'DefinitionUri'", uri, "SAM merges a DefinitionBody only");
        if ((api.Mapping["Domain"] as YamlMapping)?["BasePath"] is not YamlSequence { Items.Count: > 1 } paths)
            return;
        foreach (var path in paths.Items.Skip(1))
            resolver.Scope.Context.LeaveOut(subject, "Domain.BasePath", $"only the first base path is served, not '{(path as YamlScalar)?.Value}'", path);
    }

    private YamlMapping? Definition(string subject, YamlMapping properties, YamlNode at)
    {
        switch (properties["DefinitionBody"] ?? properties["DefinitionUri"])
        {
            case YamlMapping body when properties.Contains("DefinitionBody"):
                return body;
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlScalar path when !properties.Contains("DefinitionBody") && !path.Value.Contains("://", StringComparison.Ordinal):
                return Read(subject, path);
            case var other when properties.Contains("DefinitionBody"):
                _diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: 'DefinitionBody' must be a mapping, this is {other.Kind}", other);
                return null;
            case var elsewhere:
                const string Why = "the definition is on AWS and cannot be had here; only routes of events are served";
                resolver.Scope.Context.Receipt.Approximated(subject, "DefinitionUri", Why, at);
                _diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: {Why}", elsewhere, "name a file beside the template");
                return null;
        }
    }

    private YamlMapping? Read(string subject, YamlScalar path)
    {
        if (resolver.Scope.Context.Files.Read(path.Value, path, subject, _diagnostics) is not var (text, file) || YamlReader.Read(text, file, _diagnostics, mergeKeys: true) is not { } node)
            return null;
        if (new ShortTags(_diagnostics).Expand(node) is YamlMapping written)
            return resolver.Resolve(written) as YamlMapping;
        _diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: a definition must be a mapping, this is {node.Kind}", node);
        return null;
    }

    private static string? BasePath(YamlMapping? domain) => domain?["BasePath"] switch
    {
        YamlScalar { IsNull: false } text => Normal(text.Value),
        YamlSequence { Items: [YamlScalar first, ..] } => Normal(first.Value),
        _ => null,
    };

    private static string? Normal(string path) => path.Trim('/') is { Length: > 0 } name ? "/" + name : null;
}
