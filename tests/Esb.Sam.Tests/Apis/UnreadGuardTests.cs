using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Firewalls, overrides and rules of domains, which are not read, may be in another template than the API that they
/// guard.
/// </summary>
internal sealed class UnreadGuardTests
{
    private const string Parent = $$"""
        Resources:
          H: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: n, ProtocolType: HTTP, Target: !GetAtt F.Arn,
              RouteKey: GET /h } }
          Api: { Type: AWS::Serverless::Api, Properties: { StageName: p } }
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Events: { E: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !Ref Api } } } } }
          D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: y.example.com, {0} } }
          N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: n.yaml,
              Parameters: { A: !Ref Api, H: !Ref H } } }

        """;

    private const string Certificates = "MutualTlsAuthentication: { TruststoreUri: 's3://a/b' }";

    [Test]
    [Arguments(
        "AWS::WAFv2::WebACLAssociation",
        "WebACLArn: w, ResourceArn: !Sub 'arn:aws:apigateway:${AWS::Region}::/restapis/${A}/stages/p'",
        "/a")]
    [Arguments(
        "AWS::WAFv2::WebACLAssociation",
        "WebACLArn: w, ResourceArn: !Sub 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/apis/${H}/stages/$default'",
        "/h")]
    [Arguments(
        "AWS::WAFRegional::WebACLAssociation",
        "WebACLId: w, ResourceArn: !Sub 'arn:aws:apigateway:${AWS::Region}::/restapis/${A}/stages/other'",
        "/a")]
    [Arguments("AWS::WAFv2::WebACLAssociation", "WebACLArn: w, ResourceArn: !ImportValue nowhere", "/a /h")]
    [Arguments(
        "AWS::WAFv2::WebACLAssociation",
        "WebACLArn: w, ResourceArn: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3/stages/p'",
        "/a /h")]
    [Arguments(
        "AWS::WAFv2::WebACLAssociation", "WebACLArn: w, ResourceArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/x'", "")]
    [Arguments("AWS::WAFv2::WebACLAssociation", "WebACLArn: w, ResourceArn: !Ref Balancer", "")]
    [Arguments(
        "AWS::ApiGatewayV2::ApiGatewayManagedOverrides", "ApiId: !Ref H, Route: { AuthorizationType: AWS_IAM }", "/h")]
    [Arguments(
        "AWS::ApiGatewayV2::RoutingRule",
        "Priority: 1, Actions: [{ InvokeApi: { ApiId: !Ref H, Stage: $default } }]",
        "/h")]
    [Arguments("AWS::ApiGateway::BasePathMappingV2", "RestApiId: !Ref A", "/a")]
    public async Task An_unread_guard_of_an_API_from_a_parameter_closes_that_API(
        string type,
        string properties,
        string closed)
    {
        var inner = $$"""
            Parameters: { A: { Type: String }, H: { Type: String } }
            Resources:
              Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer }
              W: { Type: {{type}}, Properties: { {{properties}} } }

            """;
        using var project = new Project(
            ("template.yaml", Parent.Replace("{0}", Certificates, StringComparison.Ordinal)), ("n.yaml", inner));
        await Assert.That(Closed(project.Read())).IsEqualTo(closed);
        var warnings = string.Join(
            '\n', project.Messages().Where(m => m.Contains("the routes are closed", StringComparison.Ordinal)));
        await Assert.That(warnings.Length > 0).IsEqualTo(closed.Length > 0);
        await Assert.That(project.Read().Receipt.Any(l => l.Outcome == Outcome.Ignored
            && l.Reason.EndsWith("; the route is closed", StringComparison.Ordinal))).IsEqualTo(closed.Length > 0);
    }

    [Test]
    [Arguments(
        "AWS::ApiGatewayV2::RoutingRule", "Priority: 1, Actions: [{ InvokeApi: { ApiId: !Ref H, Stage: $default } }]")]
    [Arguments("AWS::ApiGateway::BasePathMappingV2", "RestApiId: !Ref A")]
    public async Task A_rule_of_a_domain_that_admits_everybody_closes_nothing(string type, string properties)
    {
        var inner = $"Parameters: {{ A: {{ Type: String }}, H: {{ Type: String }} }}\nResources: {{ W: {{ "
            + $"Type: {type}, Properties: {{ {properties} }} }} }}\n";
        using var project = new Project(
            ("template.yaml", Parent.Replace("{0}", "Tags: {}", StringComparison.Ordinal)), ("n.yaml", inner));
        await Assert.That(Closed(project.Read())).IsEqualTo("");
    }

    [Test]
    public async Task A_firewall_before_the_API_of_an_application_closes_it_and_no_other()
    {
        const string Outer = $$"""
            Resources:
              Own: { Type: AWS::Serverless::Api, Properties: { StageName: p } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /own, Method: get, RestApiId: !Ref Own } } } } }
              N: { Type: AWS::Serverless::Application, Properties: { Location: n.yaml } }
              W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: w,
                  ResourceArn: !Sub 'arn:aws:apigateway:us-east-1::/restapis/${N.Outputs.A}/stages/p' } }
            """;
        const string Inner = $$"""
            Resources:
              Api: { Type: AWS::Serverless::Api, Properties: { StageName: p } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /in, Method: get, RestApiId: !Ref Api } } } } }
            Outputs: { A: { Value: !Ref Api } }
            """;
        using var project = new Project(("template.yaml", Outer), ("n.yaml", Inner));
        await Assert.That(Closed(project.Read())).IsEqualTo("/in");
    }

    [Test]
    public async Task A_firewall_before_an_API_that_is_in_no_template_closes_events_of_that_API()
    {
        const string Text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: a1b2c3,
                  Auth: { Authorizer: NONE } } } } } }
              W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: w,
                  ResourceArn: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3/stages/p' } }
            """;
        await Assert.That(Closed(Templates.Read(Text))).IsEqualTo("/a");
    }

    [Test]
    [Arguments(
        "W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: w, "
            + "ResourceArn: 'arn:aws:apigateway:us-east-1::/restapis/Api/stages/p' } }", "Tags: {}", "/a")]
    [Arguments(
        "W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: w, "
            + "ResourceArn: !Sub 'arn:aws:apigateway:us-east-1::/restapis/${Api}/stages/p' } }", "Tags: {}", "/a /h")]
    [Arguments(
        "W: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: w, "
            + "ResourceArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/x' } }", "Tags: {}", "")]
    [Arguments(
        "O: { Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides, Properties: { ApiId: H, Route: { "
            + "AuthorizationType: JWT } } }", "Tags: {}", "/h")]
    [Arguments(
        "O: { Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides, Properties: { ApiId: a1b2c3, "
            + "Route: { AuthorizationType: JWT } } }", "Tags: {}", "/a /h")]
    [Arguments(
        "R: { Type: AWS::ApiGatewayV2::RoutingRule, Properties: { Priority: 1, Actions: [{ InvokeApi: { ApiId: H, "
            + "Stage: p } }] } }", Certificates, "/h")]
    [Arguments(
        "R: { Type: AWS::ApiGatewayV2::RoutingRule, Properties: { Priority: 1, Actions: [{ InvokeApi: { ApiId: H, "
            + "Stage: p } }] } }", "Tags: {}", "")]
    public async Task An_unread_guard_of_an_API_of_another_template_of_the_deploy_closes_it(
        string resource,
        string domain,
        string closed)
    {
        using var project = new Project(
            ("template.yaml", Parent.Replace("{0}", domain, StringComparison.Ordinal)),
            ("n.yaml", "Parameters: { A: { Type: String }, H: { Type: String } }\nResources: { Topic: { "
                + "Type: AWS::SNS::Topic } }\n"),
            ("b.yaml", $"Resources:\n  {resource}\n"));
        List<SamTemplate> read = [project.Read(), project.Read("b.yaml")];
        var found = new DiagnosticBag();
        List<SamTemplate> together = [.. read.Select(t => t.ClosedBy(read, found))];
        await Assert.That(string.Join(' ', together.Select(Closed)).Trim()).IsEqualTo(closed);
        var paths = closed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(found.Count(d => d.Message.Contains(": the routes are closed: '", StringComparison.Ordinal)
            || d.Message.Contains(": the routes are closed: the rules of '", StringComparison.Ordinal)))
            .IsEqualTo(paths.Length);
        await Assert.That(together[0].Receipt.Count(l => l.Outcome == Outcome.Ignored
            && l.Reason.EndsWith("; the routes are closed", StringComparison.Ordinal))).IsEqualTo(paths.Length);
    }

    [Test]
    public async Task A_rule_of_a_domain_in_another_template_closes_the_API_next_to_the_rule()
    {
        const string Api = $$"""
            Resources:
              H: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: n, ProtocolType: HTTP, Target: !GetAtt F.Arn,
                  RouteKey: GET /h } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              R: { Type: AWS::ApiGatewayV2::RoutingRule, Properties: { Priority: 1,
                  Actions: [{ InvokeApi: { ApiId: !Ref H, Stage: p } }] } }
            """;
        var api = Templates.Read(Api);
        var domain = Templates.Read($"Resources: {{ D: {{ Type: AWS::ApiGatewayV2::DomainName, "
            + $"Properties: {{ DomainName: y.example.com, {Certificates} }} }} }}\n");
        await Assert.That(Closed(api)).IsEqualTo("");
        await Assert.That(Closed(api.ClosedBy([api, domain], new DiagnosticBag()))).IsEqualTo("/h");
    }

    private static string Closed(SamTemplate template) =>
        string.Join(' ', template.Routes.Where(r => r.Authorizer?["type"]?.ToString() == "unsupported")
            .Select(r => r.Path)
            .Order(StringComparer.Ordinal));
}
