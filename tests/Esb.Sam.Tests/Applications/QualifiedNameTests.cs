using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Applications;

/// <summary>
/// On request, generated names begin with the name of their application, and so do all references to them.
/// </summary>
internal sealed class QualifiedNameTests
{
    private const string Template = """
        Resources:
          Api:
            Type: AWS::Serverless::Api
            Properties: { StageName: Prod, Auth: { DefaultAuthorizer: A,
                Authorizers: { A: { FunctionArn: !GetAtt Guard.Arn } } } }
          Guard: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12 } }
          Named: { Type: AWS::Serverless::Function, Properties: { FunctionName: named, CodeUri: src, Handler: a.b,
              Runtime: python3.12 } }
          F:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src
              Handler: a.b
              Runtime: python3.12
              Layers: [!Ref Common]
              Environment: { Variables: { TABLE: !Ref Orders, BUCKET: !Ref OrdersBucket, SELF: !GetAtt Guard.Arn,
                  NAMED: !Ref Named } }
              FunctionUrlConfig: { AuthType: NONE }
              EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: Lambda, Destination: !GetAtt Guard.Arn } } }
              Events: { E: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /in, Method: get } } }
          Orders: { Type: AWS::Serverless::SimpleTable }
          OrdersBucket: { Type: AWS::S3::Bucket }
          Common: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer } }
          Inner: { Type: AWS::Serverless::Application, Properties: { Location: inner.yaml } }
        """;

    [Test]
    public async Task Names_and_references_to_them_begin_with_the_application()
    {
        using var project = new Project(("template.yaml", Template), ("inner.yaml", "Resources:\n  F: { "
            + "Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12 } }\n"));
        var template = project.Read(options: new SamOptions { Qualifier = "Shop" });
        await Assert.That(string.Join(' ', template.Functions.Select(f => f.Name)))
            .IsEqualTo("Shop-Guard named Shop-F Shop-Inner-F");
        await Assert.That(
            $"{template.Tables.Single().Name} {template.Buckets.Single().Name} {template.Layers.Single().Name}")
            .IsEqualTo("Shop-Orders shop-orders-bucket Shop-Common");
        var function = template.Functions.Single(f => f.Name == "Shop-F");
        await Assert.That($"{function.Environment["TABLE"]} {function.Environment["BUCKET"]} "
            + $"{function.Environment["NAMED"]} {function.Layers.Single()}")
            .IsEqualTo("Shop-Orders shop-orders-bucket named Shop-Common");
        await Assert.That(function.Environment["SELF"]).EndsWith(":function:Shop-Guard");
        await Assert.That(string.Join(
            ' ',
            ((YamlMapping)function.Asynchronous!["on_failure"]!).Entries.Select(e => e.Value))).Contains("Shop-Guard");
        var route = template.Routes.Single(r => r.Path == "/in");
        await Assert.That(($"{route.Function}", $"{route.Authorizer!["function"]}"))
            .IsEqualTo(("Shop-F", "Shop-Guard"));
        await Assert.That(template.Routes.Select(r => r.Path)).Contains("/_url/Shop-F");
        await Assert.That(project.Read().Functions.Select(f => f.Name))
            .IsEquivalentTo(["Guard", "named", "F", "Inner-F"]);
    }
}
