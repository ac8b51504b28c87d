using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>How an API handles the requests of a route, whichever of the three notations it is written in.</summary>
internal sealed record Integration
{
    /// <summary>The type in lower case; null when not given.</summary>
    public string? Type { get; private init; }

    public string? Uri { get; private init; }

    /// <summary>The method of the request to the integration's server.</summary>
    public string? Method { get; private init; }

    /// <summary>The timeout in milliseconds, as written.</summary>
    public string? Timeout { get; private init; }

    public bool IsPrivate { get; private init; }

    public string? PayloadFormat { get; private init; }

    public YamlMapping? RequestParameters { get; private init; }

    public YamlMapping? RequestTemplates { get; private init; }

    /// <summary>
    /// The responses by selection pattern; the key of the default response is <c>default</c> or empty.
    /// </summary>
    public IReadOnlyList<IntegrationResponse> Responses { get; private init; } = [];

    /// <summary>Changes to the responses that are passed back, in the form of HTTP APIs.</summary>
    public YamlNode? ResponseParameters { get; private init; }

    /// <summary>Reads <c>x-amazon-apigateway-integration</c> of a definition.</summary>
    public static Integration OfDefinition(YamlMapping written) => new()
    {
        Type = Text(written["type"])?.ToLowerInvariant(),
        Uri = Text(written["uri"]),
        Method = Text(written["httpMethod"]),
        Timeout = Text(written["timeoutInMillis"]),
        IsPrivate = Text(written["connectionType"]) == "VPC_LINK",
        PayloadFormat = Text(written["payloadFormatVersion"]),
        RequestParameters = written["requestParameters"] as YamlMapping,
        RequestTemplates = written["requestTemplates"] as YamlMapping,
        Responses = [.. ((written["responses"] as YamlMapping)?.Entries ?? [])
            .Select(r => Response(r.Key.Value, r.Value, "statusCode", "responseParameters", "responseTemplates"))
            .OfType<IntegrationResponse>()],
        ResponseParameters = written["responseParameters"],
    };

    /// <summary>Reads the <c>Integration</c> of an <c>AWS::ApiGateway::Method</c>.</summary>
    public static Integration OfMethod(YamlMapping written) => new()
    {
        Type = Text(written["Type"])?.ToLowerInvariant(),
        Uri = Text(written["Uri"]),
        Method = Text(written["IntegrationHttpMethod"]),
        Timeout = Text(written["TimeoutInMillis"]),
        IsPrivate = Text(written["ConnectionType"]) == "VPC_LINK",
        RequestParameters = written["RequestParameters"] as YamlMapping,
        RequestTemplates = written["RequestTemplates"] as YamlMapping,
        Responses =
        [
            .. ((written["IntegrationResponses"] as YamlSequence)?.Items ?? [])
                .Select(r => Response(
                    Text((r as YamlMapping)?["SelectionPattern"]) ?? "",
                    r,
                    "StatusCode",
                    "ResponseParameters",
                    "ResponseTemplates")).OfType<IntegrationResponse>(),
        ],
    };

    /// <summary>Reads an <c>AWS::ApiGatewayV2::Integration</c>.</summary>
    public static Integration OfHttpApi(YamlMapping written) => new()
    {
        Type = Text(written["IntegrationType"])?.ToLowerInvariant(),
        Uri = Text(written["IntegrationUri"]),
        Method = Text(written["IntegrationMethod"]),
        Timeout = Text(written["TimeoutInMillis"]),
        IsPrivate = Text(written["ConnectionType"]) == "VPC_LINK",
        PayloadFormat = Text(written["PayloadFormatVersion"]) ?? "1.0",
        RequestParameters = written["RequestParameters"] as YamlMapping,
        ResponseParameters = written["ResponseParameters"],
    };

    /// <summary>The integration that an HTTP API creates from an address alone.</summary>
    public static Integration OfAddress(string uri) => new() { Type = "http_proxy", Uri = uri };

    /// <summary>Replaces the stage variables in its address.</summary>
    public Integration WithStageVariables(YamlMapping? variables)
    {
        var uri = Uri;
        foreach (var (name, value) in uri?.Contains("${stageVariables.", StringComparison.Ordinal) == true
            ? variables?.Entries ?? []
            : [])
            uri = uri!.Replace(
                $"${{stageVariables.{name.Value}}}", (value as YamlScalar)?.Value, StringComparison.Ordinal);
        return this with { Uri = uri };
    }

    private static IntegrationResponse? Response(
        string selection,
        YamlNode? node,
        string status,
        string parameters,
        string templates) =>
        node is YamlMapping response
            ? new IntegrationResponse(
                selection,
                Text(response[status]),
                response[parameters] as YamlMapping,
                response[templates] as YamlMapping)
            : null;

    private static string? Text(YamlNode? node) => ResourceSet.Text(node);
}

/// <summary>The response for statuses that match a pattern.</summary>
internal sealed record IntegrationResponse(
    string Selection,
    string? Status,
    YamlMapping? Parameters,
    YamlMapping? Templates);
