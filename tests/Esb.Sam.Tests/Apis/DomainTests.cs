using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>The effect of domains of APIs, where there is one address: base paths and client certificates.</summary>
internal sealed class DomainTests
{
    private const string Certificates = "MutualTlsAuthentication: { TruststoreUri: 's3://b/k' }";

    [Test]
    [Arguments("HttpApi", "BasePath: v1", "/v1/a")]
    [Arguments("HttpApi", "BasePath: [one, two]", "/one/a /two/a")]
    [Arguments("HttpApi", "BasePath: [/, two]", "/a /two/a")]
    [Arguments("HttpApi", "BasePath: [/one/, two/three, one]", "/one/a /two/three/a")]
    [Arguments("HttpApi", "BasePath: []", "/a")]
    [Arguments("Api", "BasePath: [one, two]", "/one/a /two/a")]
    [Arguments("Api", "BasePath: [my-api, my_api]", "/myapi/a")]
    [Arguments("Api", "BasePath: [my-api, /], NormalizeBasePath: false", "/my-api/a /a")]
    [Arguments("Api", "BasePath: '../{x}?a b'", "/xab/a")]
    public async Task An_API_is_served_under_each_of_its_base_paths(string kind, string domain, string paths)
    {
        var routes = Templates.Read(Template(kind, domain)).Routes;
        await Assert.That(string.Join(' ', routes.Select(r => r.Path))).IsEqualTo(paths);
        await Assert.That(string.Join(' ', routes.Select(r => r.BasePath + "/a"))).IsEqualTo(paths);
        await Assert.That(routes.All(r => r.Function == "F")).IsTrue();
    }

    [Test]
    [Arguments("BasePath: v1", "/v1/$default")]
    [Arguments("BasePath: [one/two, '/']", "/one/two/$default $default")]
    [Arguments("DomainName: x.example.com", "$default")]
    public async Task A_default_route_of_an_API_matches_beneath_its_base_paths_only(string domain, string paths)
    {
        var text = Template("HttpApi", domain).Replace("Path: /a, Method: get, ", "", StringComparison.Ordinal);
        var routes = Templates.Read(text).Routes;
        await Assert.That(string.Join(' ', routes.Select(r => r.Path))).IsEqualTo(paths);
        await Assert.That(string.Join(
            ' ', routes.Select(r => r.Path == "$default" ? r.Path : r.BasePath + "/$default"))).IsEqualTo(paths);
        await Assert.That(routes.All(r => r is { Method: "ANY", Function: "F" })).IsTrue();
    }

    [Test]
    public async Task Two_APIs_with_different_base_paths_may_both_have_a_default_route()
    {
        var text = Template("HttpApi", "BasePath: one").Replace("Path: /a, Method: get, ", "", StringComparison.Ordinal)
            + $$"""
              Other: { Type: AWS::Serverless::HttpApi, Properties: { Domain: {
                  DomainName: x.example.com, CertificateArn: c, BasePath: two } } }
              G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: HttpApi, Properties: { ApiId: !Ref Other } } } } }

            """;
        await Assert.That(string.Join(' ', Templates.Read(text).Routes.Select(r => $"{r.Path}={r.Function}")))
            .IsEqualTo("/one/$default=F /two/$default=G");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .DoesNotContain("$default");
    }

    [Test]
    [Arguments("/x/$default")]
    [Arguments("/x/$default/")]
    public async Task A_path_that_looks_like_a_default_route_beneath_another_is_an_error(string path) =>
        await Assert.That(string.Join('\n', Templates.Messages(Template("HttpApi", "BasePath: v1", path))))
            .Contains($"path '{path}': $default must be the whole path; everything beneath a path is {{proxy+}}");

    [Test]
    [Arguments("HttpApi", "BasePath: '../{x}?a b'")]
    [Arguments("HttpApi", "BasePath: [v1, 'a b']")]
    [Arguments("HttpApi", "BasePath: 'a//b'")]
    [Arguments("Api", "BasePath: '../x', NormalizeBasePath: false")]
    [Arguments("Api", "BasePath: '{x}', NormalizeBasePath: false")]
    public async Task A_base_path_that_AWS_refuses_is_an_error(string kind, string domain) =>
        await Assert.That(string.Join('\n', Templates.Messages(Template(kind, domain))))
            .Contains("error: Api, Domain: 'BasePath' is '");

    [Test]
    public async Task An_API_whose_root_is_one_of_its_paths_has_it_under_each() =>
        await Assert.That(string.Join(' ', Templates.Read(Template("HttpApi", "BasePath: [one, two, /]", "/"))
            .Routes.Select(r => r.Path))).IsEqualTo("/one /two /");

    [Test]
    [Arguments(
        "D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: y.example.com, {0} } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: !Ref D, Stage: $default }")]
    [Arguments(
        "D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: y.example.com, {0} } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: y.example.com, Stage: $default }")]
    [Arguments(
        "D: { Type: AWS::ApiGateway::DomainName, Properties: { DomainName: y.example.com, {0} } }",
        "AWS::ApiGateway::BasePathMapping, Properties: { RestApiId: !Ref Api, DomainName: !Ref D }")]
    [Arguments(
        "D: { Type: AWS::Serverless::HttpApi, Properties: { Domain: { DomainName: y.example.com, CertificateArn: c, "
            + "{0} } } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: y.example.com, Stage: $default }")]
    [Arguments(
        "D: { Type: AWS::Serverless::HttpApi, Properties: { Domain: { DomainName: y.example.com, CertificateArn: c, "
            + "{0} } } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: !Ref D.DomainName, "
            + "Stage: $default }")]
    [Arguments(
        "D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: Y.Example.com, {0} } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: y.example.com, Stage: $default }")]
    [Arguments(
        "D: { Type: AWS::ApiGateway::DomainName, Properties: { DomainName: y.example.com, {0} } }",
        "AWS::ApiGateway::BasePathMapping, Properties: { RestApiId: !Ref Api, DomainName: Y.EXAMPLE.COM }")]
    [Arguments(
        "D: { Type: AWS::Serverless::HttpApi, Properties: { Domain: { DomainName: Y.EXAMPLE.com, CertificateArn: c, "
            + "{0} } } }",
        "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: y.example.com, Stage: $default }")]
    public async Task An_API_of_a_domain_with_client_certificates_is_closed(string domain, string mapping)
    {
        var text = Template("HttpApi", "DomainName: x.example.com")
            + $"  {domain.Replace("{0}", Certificates, StringComparison.Ordinal)}\n  M: {{ Type: {mapping} }}\n";
        var route = Templates.Read(text).Routes.Single(r => r.Api == "Api");
        await Assert.That(route.Authorizer?["reason"]?.ToString())
            .IsEqualTo("its domain asks for client certificates, which cannot be checked here");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains("M: DomainName is ignored: its domain asks for client certificates, "
                + "which cannot be checked here; the routes of 'Api' are closed");
        var open = Templates.Read(text.Replace(Certificates, "Tags: {}", StringComparison.Ordinal)
            .Replace("CertificateArn: c, Tags: {}", "CertificateArn: c", StringComparison.Ordinal));
        await Assert.That(open.Routes.Single(r => r.Api == "Api").Authorizer).IsNull();
    }

    [Test]
    [Arguments("Api", "[TruststoreUri, TruststoreVersion]")]
    [Arguments("Api", "[{ TruststoreUri: 's3://b/k' }]")]
    [Arguments("HttpApi", "'s3://b/k'")]
    [Arguments("HttpApi", "true")]
    public async Task Client_certificates_of_another_kind_than_a_mapping_are_an_error(string kind, string value)
    {
        var text = Template(kind, $"MutualTlsAuthentication: {value}");
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains("error: Api, Domain: 'MutualTlsAuthentication' must be a mapping");
    }

    [Test]
    [Arguments("AWS::ApiGateway::DomainName", Certificates, "", true)]
    [Arguments("AWS::ApiGatewayV2::DomainName", Certificates, "", true)]
    [Arguments("AWS::ApiGatewayV2::DomainName", "Tags: {}", "", false)]
    [Arguments("AWS::ApiGateway::DomainName", Certificates, "M: { Type: AWS::ApiGateway::BasePathMapping, "
        + "Properties: { DomainName: !Ref D } }", false)]
    [Arguments("AWS::ApiGatewayV2::DomainName", Certificates, "M: { Type: AWS::ApiGatewayV2::ApiMapping, "
        + "Properties: { ApiId: !Ref Api, DomainName: Y.example.com, Stage: $default } }", false)]
    [Arguments("AWS::ApiGatewayV2::DomainName", Certificates, "M: { Type: AWS::ApiGatewayV2::RoutingRule, "
        + "Properties: { Priority: 1, Actions: [{ InvokeApi: { ApiId: !Ref Api, Stage: p } }] } }", false)]
    public async Task A_domain_with_client_certificates_and_no_mapping_is_a_line(
        string type,
        string properties,
        string mapping,
        bool isSaid)
    {
        const string Reason = "no mapping of these templates leads from 'y.example.com' to an API, so it closes none";
        var template = Templates.Read(Template("HttpApi", "DomainName: x.example.com")
            + $"  D: {{ Type: {type}, Properties: {{ DomainName: y.example.com, {properties} }} }}\n"
            + (mapping.Length == 0 ? "" : $"  {mapping}\n"));
        await Assert.That(template.Receipt.Any(l => l.Resource == "D" && l.Property == "MutualTlsAuthentication"
            && l.Outcome == Outcome.Ignored && l.Reason == Reason)).IsEqualTo(isSaid);
        // Another template of the deploy may have the mapping.
        var other = Templates.Read(Template("HttpApi", "DomainName: x.example.com") + "  M: { Type: "
            + "AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: y.example.com, "
            + "Stage: p } }\n");
        await Assert.That(template.ClosedBy([template, other], []).Receipt).DoesNotContain(l => l.Reason == Reason);
    }

    [Test]
    [Arguments("Policy: { Statement: [] }", "")]
    [Arguments(
        "DomainName: x.example.com",
        "D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: y.example.com, {0} } }\n  R: { Type: "
            + "AWS::ApiGatewayV2::RoutingRule, Properties: { Priority: 1, Actions: [{ InvokeApi: { ApiId: !Ref Api, "
            + "Stage: p } }] } }")]
    [Arguments(
        "DomainName: x.example.com",
        "D: { Type: AWS::ApiGateway::DomainNameV2, Properties: { DomainName: y.example.com, Policy: { Statement: "
            + "[] } } }\n  R: { Type: AWS::ApiGateway::BasePathMappingV2, Properties: { RestApiId: !Ref Api } }")]
    [Arguments("DomainName: x.example.com", "O: { Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides, "
        + "Properties: { ApiId: !Ref Api, Route: { AuthorizationType: JWT } } }")]
    [Arguments("DomainName: x.example.com", "W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: a, "
        + "ResourceArn: !Sub 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/p' } }")]
    [Arguments("DomainName: x.example.com", "W: { Type: AWS::WAFRegional::WebACLAssociation, Properties: { "
        + "WebACLId: a, ResourceArn: !Sub 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/p' } }")]
    public async Task A_guard_of_an_API_that_is_not_read_closes_it(string domain, string resources)
    {
        var text = Template("HttpApi", domain)
            + (resources.Length == 0 ? "" : $"  {resources.Replace("{0}", Certificates, StringComparison.Ordinal)}\n");
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer?["type"]?.ToString())
            .IsEqualTo("unsupported");
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains("warning: Api: the routes are closed: ");
    }

    [Test]
    [Arguments(Certificates, "DomainName: !Ref D", 2)]
    [Arguments(Certificates, "DomainName: !Ref D, RestApiId: !Ref Api", 1)]
    [Arguments("Tags: {}", "DomainName: !Ref D", 0)]
    public async Task A_mapping_without_an_API_applies_to_every_REST_API(string domain, string mapping, int closed)
    {
        var text = Template("Api", "DomainName: x.example.com") + $$"""
              G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /g, Method: get } },
                  H: { Type: HttpApi, Properties: { Path: /h, Method: get } } } } }
              D: { Type: AWS::ApiGateway::DomainName, Properties: { DomainName: y.example.com, {{domain}} } }
              M: { Type: AWS::ApiGateway::BasePathMapping, Properties: { {{mapping}} } }

            """;
        await Assert.That(Templates.Read(text).Routes.Count(r => r.Authorizer?["type"]?.ToString() == "unsupported"))
            .IsEqualTo(closed);
    }

    [Test]
    [Arguments("AWS::Serverless::Api", "StageName: p, EndpointConfiguration: { Type: PRIVATE }", true)]
    [Arguments("AWS::Serverless::Api", "StageName: p, EndpointConfiguration: PRIVATE", true)]
    [Arguments(
        "AWS::Serverless::Api",
        "StageName: p, EndpointConfiguration: { Type: PRIVATE, VPCEndpointIds: [vpce-1] }",
        true)]
    [Arguments(
        "AWS::Serverless::Api",
        "StageName: p, EndpointConfiguration: { Type: PRIVATE, VpcEndpointIds: [vpce-1] }",
        true)]
    [Arguments("AWS::Serverless::Api", "StageName: p, EndpointConfiguration: { Type: REGIONAL }", false)]
    [Arguments(
        "AWS::ApiGateway::RestApi", "EndpointConfiguration: { Types: [PRIVATE], VpcEndpointIds: [vpce-1] }", true)]
    [Arguments("AWS::ApiGateway::RestApi", "EndpointConfiguration: { Types: [EDGE] }", false)]
    public async Task A_private_API_is_closed_with_a_line(string type, string properties, bool isClosed)
    {
        const string Paths = "{ swagger: '2.0', paths: { /a: { get: { x-amazon-apigateway-integration: { "
            + "type: http_proxy, httpMethod: GET, uri: 'https://example.com' } } } } }";
        var text = $"Resources: {{ A: {{ Type: {type}, Properties: "
            + $"{{ {(type.Contains("Serverless", StringComparison.Ordinal) ? "DefinitionBody" : "Body")}: {Paths}, "
            + $"{properties} }} }} }}";
        var template = Templates.Read(text);
        await Assert.That(template.Routes.Single().Authorizer?["reason"]?.ToString())
            .IsEqualTo(isClosed ? "it is private to a VPC of AWS" : null);
        await Assert.That(template.Receipt.Any(l => l.Outcome == Outcome.Ignored
            && l.Property == "EndpointConfiguration")).IsEqualTo(isClosed);
    }

    [Test]
    [Arguments("PRIVATE", true)]
    [Arguments("'EDGE,private'", true)]
    [Arguments("REGIONAL", false)]
    public async Task An_API_that_the_import_of_its_definition_makes_private_is_closed(string types, bool isClosed)
    {
        var text = $"Resources: {{ A: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ "
            + $"Parameters: {{ endpointConfigurationTypes: {types} }}, Body: {{ swagger: '2.0', paths: {{ /a: {{ get: "
            + $"{{ x-amazon-apigateway-integration: {{ type: http_proxy, httpMethod: GET, "
            + $"uri: 'https://example.com' }} }} }} }} }} }} }} }}";
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer?["reason"]?.ToString())
            .IsEqualTo(isClosed ? "it is private to a VPC of AWS" : null);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains(isClosed
                ? "A: Parameters is ignored: it is private to a VPC of AWS; the routes are closed"
                : "A: Parameters is ignored");
    }

    [Test]
    public async Task Globals_make_the_APIs_that_SAM_creates_for_events_private()
    {
        var text = $"Globals: {{ Api: {{ EndpointConfiguration: {{ Type: PRIVATE }} }} }}\nResources:\n  F: {{ "
            + $"Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Events: {{ E: {{ Type: Api, "
            + $"Properties: {{ Path: /a, Method: get }} }} }} }} }}\n";
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer?["type"]?.ToString())
            .IsEqualTo("unsupported");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains("GET /a is ignored: it is private to a VPC of AWS; the route is closed");
    }

    [Test]
    public async Task Of_two_SAM_APIs_of_one_domain_both_are_closed_when_one_asks_for_certificates()
    {
        var text = Template("HttpApi", "DomainName: x.example.com, BasePath: a") + $$"""
              Other: { Type: AWS::Serverless::HttpApi, Properties: { Domain: {
                  DomainName: x.example.com, CertificateArn: c, BasePath: b, {{Certificates}} } } }

            """;
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer?["type"]?.ToString())
            .IsEqualTo("unsupported");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains("Api: GET /a/a is ignored: its domain asks for client certificates");
    }

    [Test]
    [Arguments(
        "ApiId: !Ref Api, DomainName: elsewhere.example.com",
        "M: DomainName is ignored: the domain 'elsewhere.example.com' is in no template")]
    [Arguments(
        "ApiId: abc, DomainName: !Ref D",
        "M: AWS::ApiGatewayV2::ApiMapping is ignored: the API 'abc' is in no template")]
    [Arguments(
        "ApiId: !Ref Api, DomainName: !Ref D, ApiMappingKey: v2",
        "M: ApiMappingKey is ignored: the platform has one address and no domains")]
    public async Task A_mapping_without_effect_is_a_line(string properties, string line)
    {
        var text = Template("HttpApi", "DomainName: x.example.com") + $$"""
              D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: y.example.com } }
              M: { Type: AWS::ApiGatewayV2::ApiMapping, Properties: { Stage: $default, {{properties}} } }

            """;
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }))).Contains(line);
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer).IsNull();
    }

    private static string Template(string kind, string domain, string path = "/a")
    {
        var name = domain.Contains("DomainName", StringComparison.Ordinal) ? "" : "DomainName: x.example.com, ";
        return $$"""
            Resources:
              Api: { Type: AWS::Serverless::{{kind}}, Properties: { StageName: p,
                  Domain: { CertificateArn: c, {{name}}{{domain}} } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: {{kind}}, Properties: {
                  Path: {{path}}, Method: get, {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref Api } } } } }

            """;
    }
}
