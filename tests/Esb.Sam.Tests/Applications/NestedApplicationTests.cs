namespace Esb.Sam.Tests.Applications;

internal sealed class NestedApplicationTests
{
    private const string Parent = """
        Resources:
          Shop:
            Type: AWS::Serverless::Application
            Properties: { Location: apps/shop.yaml, Parameters: { Stage: prod, Names: [a, b] } }
          F:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12,
                Environment: { Variables: { TABLE: !GetAtt Shop.Outputs.Table } },
                Layers: [!GetAtt Shop.Outputs.Layer] }
        """;

    private const string Child = """
        Parameters: { Stage: { Type: String }, Names: { Type: CommaDelimitedList } }
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { CodeUri: src/, Handler: a.b, Runtime: python3.12,
              Environment: { Variables: { STAGE: !Ref Stage, NAME: !Select [1, !Ref Names], SELF: !Ref F } },
              Events: { E: { Type: Api, Properties: { Path: /in, Method: get } } } } }
          Orders: { Type: AWS::Serverless::SimpleTable }
          Common: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer } }
        Outputs:
          Table: { Value: !Ref Orders }
          Layer: { Value: !Ref Common }
        """;

    [Test]
    public async Task An_application_of_the_project_is_read_with_its_parameters_and_outputs()
    {
        using var project = new Project(("template.yaml", Parent), ("apps/shop.yaml", Child));
        var template = project.Read();
        var outer = template.Functions.Single(f => f.Name == "F");
        var inner = template.Functions.Single(f => f.Name == "Shop-F");
        await Assert.That((outer.Environment["TABLE"], outer.Layers.Single()))
            .IsEqualTo(("Shop-Orders", "Shop-Common"));
        await Assert.That(
            (inner.CodePath, inner.Environment["STAGE"], inner.Environment["NAME"], inner.Environment["SELF"]))
            .IsEqualTo(("apps/src/", "prod", "b", "Shop-F"));
        await Assert.That(
            (template.Routes.Single().Function, template.Tables.Single().Name, template.Layers.Single().ContentPath))
            .IsEqualTo(("Shop-F", "Shop-Orders", "apps/layer"));
        await Assert.That(template.Receipt).Contains(l => l.Resource == "Shop/F" && l.Property == "Handler");
    }

    [Test]
    [Arguments("!Ref MyApi", "{}", "MyApi jwt")]
    [Arguments("!Ref MyApi", "{ Authorizer: NONE }", "MyApi open")]
    [Arguments("!Ref MyApi", "{ ApiKeyRequired: true, Authorizer: NONE }", "MyApi api_key")]
    [Arguments("!Ref Keyed", "{}", "Keyed api_key")]
    [Arguments("!GetAtt Other.Outputs.Api", "{}", "Other-Inner iam")]
    [Arguments("a1b2c3", "{}", "a1b2c3 unsupported")]
    [Arguments("a1b2c3", "{ Authorizer: Pool }", "a1b2c3 unsupported")]
    [Arguments("a1b2c3", "{ Authorizer: NONE }", "a1b2c3 open")]
    public async Task An_event_on_an_API_from_a_parameter_has_the_guard_of_that_API(
        string api,
        string auth,
        string expected)
    {
        using var project = SharedApi(api, auth);
        var route = project.Read().Routes.Single(r => r.Path.EndsWith("/in", StringComparison.Ordinal));
        await Assert.That($"{route.Api} {route.Authorizer?["type"]?.ToString() ?? "open"}").IsEqualTo(expected);
        await Assert.That((route.Function, route.Stage))
            .IsEqualTo(("Shop-F", expected.StartsWith('M') ? "live" : "Prod"));
    }

    [Test]
    public async Task An_event_on_an_unknown_API_is_reported_and_an_error_if_strict()
    {
        using var project = SharedApi("a1b2c3", "{}");
        await Assert.That(string.Join('\n', project.Messages())).Contains("apps/shop.yaml:4:").And.Contains(
            "warning: F, event 'E': the route is closed: its API 'a1b2c3' is in no template that is deployed with it");
        var strict = Assert.Throws<ArgumentException>(() => project.Read(options: new SamOptions { Strict = true }));
        await Assert.That(strict.Message)
            .Contains("error: Shop/F: Events.E is ignored: its API 'a1b2c3' is in no template");
    }

    [Test]
    public async Task An_event_on_an_API_from_an_output_of_an_application_has_the_guard_of_that_API()
    {
        using var project = new Project(
            ("template.yaml", $$"""
            Resources:
              Other: { Type: AWS::Serverless::Application, Properties: { Location: other.yaml } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !GetAtt Other.Outputs.Api, Path: /up,
                  Method: get } } } } }
            """),
            ("other.yaml", OtherApplication));
        await Assert.That(project.Read().Routes.Single().Authorizer!["type"]!.ToString()).IsEqualTo("iam");
    }

    private const string OtherApplication = """
        Resources:
          Inner: { Type: AWS::Serverless::Api, Properties: { StageName: Prod, Auth: { DefaultAuthorizer: AWS_IAM } } }
        Outputs:
          Api: { Value: !Ref Inner }
        """;

    private static Project SharedApi(string api, string auth) => new(
        ("template.yaml", $$"""
        Resources:
          MyApi: { Type: AWS::Serverless::Api, Properties: { StageName: live,
              Auth: { DefaultAuthorizer: Pool, Authorizers: { Pool: {
              UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc' } } } } }
          Keyed: { Type: AWS::Serverless::Api, Properties: { StageName: Prod, Auth: { ApiKeyRequired: true } } }
          Other: { Type: AWS::Serverless::Application, Properties: { Location: other.yaml } }
          Shop: { Type: AWS::Serverless::Application, Properties: { Location: apps/shop.yaml,
              Parameters: { Api: {{api}} } } }
        """),
        ("other.yaml", OtherApplication),
        ("apps/shop.yaml", $$"""
        Parameters: { Api: { Type: String } }
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Events: { E: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /in, Method: get,
              Auth: {{auth}} } } } } }
        """));

    [Test]
    public async Task Applications_that_contain_each_other_are_an_error_instead_of_an_endless_loop()
    {
        using var project = new Project(
            ("template.yaml",
                "Resources: { A: { Type: AWS::Serverless::Application, Properties: { Location: b.yaml } } }"),
            ("b.yaml",
                "Resources: { B: { Type: AWS::Serverless::Application, Properties: { Location: template.yaml } } }"));
        await Assert.That(string.Join('\n', project.Messages()))
            .Contains("B: the application 'template.yaml' contains itself");
    }

    [Test]
    public async Task Applications_that_multiply_are_refused_before_they_fill_the_memory()
    {
        using var project = new Project(
            ("template.yaml", Level(1)),
            ("l1.yaml", Level(2)),
            ("l2.yaml", Level(3)),
            ("l3.yaml", Level(4)),
            ("l4.yaml", "Resources: { X: { Type: AWS::S3::Bucket } }"));
        await Assert.That(string.Join('\n', project.Messages())).Contains("or there are more than 200");

        static string Level(int next) => "Resources:\n" + string.Concat(Enumerable.Range(0, 10).Select(
            i => $"  A{i}: {{ Type: AWS::Serverless::Application, Properties: {{ Location: l{next}.yaml }} }}\n"));
    }

    [Test]
    [Arguments("{ ApplicationId: 'arn:aws:serverlessrepo:x', SemanticVersion: 1.0.0 }")]
    [Arguments("https://bucket/template.yaml")]
    public async Task An_application_outside_of_the_project_is_a_warning_and_a_line_of_the_receipt(string location)
    {
        var text =
            $"Resources: {{ A: {{ Type: AWS::Serverless::Application, Properties: {{ Location: {location} }} }} }}";
        await Assert.That(Templates.Message(text)).Contains("warning: A: the application is not created");
        await Assert.That(Templates.Read(text).Receipt).Contains(l => l.Outcome == Esb.Sam.Receipts.Outcome.Ignored
            && l.Property == "AWS::Serverless::Application");
    }

    // Both spellings of an application, of its parameters and of its outputs.
    public static IEnumerable<Func<(string Type, string Location, string Output)>> Spellings() =>
        from kind in new[]
        {
            ("AWS::Serverless::Application", "Location"), ("AWS::CloudFormation::Stack", "TemplateURL"),
        }
        from output in new[]
        {
            "!GetAtt Maker.Outputs.@",
            "{ 'Fn::GetAtt': [Maker, Outputs.@] }",
            "{ 'Fn::GetAtt': Maker.Outputs.@ }",
            "!Sub '${Maker.Outputs.@}'",
        }
        select (Func<(string, string, string)>)(() => (kind.Item1, kind.Item2, output));

    [Test]
    [MethodDataSource(nameof(Spellings))]
    public async Task A_template_may_use_what_another_one_creates_through_parameters_and_outputs(
        string type,
        string location,
        string output)
    {
        string Out(string name) => output.Replace("@", name, StringComparison.Ordinal);
        var parent = $$"""
            Resources:
              Own: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: own } }
              Listed: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: listed, LayerName: by-name } }
              Table: { Type: AWS::Serverless::SimpleTable }
              Files: { Type: AWS::S3::Bucket }
              Worker: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              Maker: { Type: {{type}}, Properties: { {{location}}: maker.yaml } }
              User:
                Type: {{type}}
                Properties:
                  {{location}}: user.yaml
                  Parameters:
                    Layer: !Ref Own
                    LayerArn: { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:${Listed}:1' }
                    Layers: [!Ref Own, {{Out("Layer")}}]
                    Table: { Ref: Table }
                    Bucket: !GetAtt Files.Arn
                    Worker: !GetAtt Worker.Arn
                    WorkerName: !Ref Worker
                    Made: {{Out("Function")}}
                    Text: 7
                    Names: {{Out("Names")}}
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}, Layers: [{{Out("Layer")}}],
                  Environment: { Variables: { T: {{Out("Table")}} } } } }
            """;
        const string Maker = """
            Parameters: { L: { Type: CommaDelimitedList, Default: 'x,y' } }
            Resources:
              Common: { Type: AWS::Lambda::LayerVersion, Properties: { Content: layer } }
              Orders: { Type: AWS::Serverless::SimpleTable }
              Fn: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12 } }
            Outputs: { Layer: { Value: !Ref Common }, Table: { Value: !Ref Orders },
                Function: { Value: !GetAtt Fn.Arn }, Names: { Value: !Ref L } }
            """;
        const string User = """
            Parameters: { Layer: { Type: String }, LayerArn: { Type: String }, Layers: { Type: CommaDelimitedList },
                Table: { Type: String }, Bucket: { Type: String }, Worker: { Type: String },
                WorkerName: { Type: String }, Made: { Type: String }, Text: { Type: String },
                Names: { Type: CommaDelimitedList } }
            Resources:
              One: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12,
                  Layers: [!Ref Layer, !Ref LayerArn], Environment: {
                  Variables: { TABLE: !Ref Table, BUCKET: !Ref Bucket, TEXT: !Ref Text,
                  NAME: !Select [1, !Ref Names] } } } }
              Many: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12,
                  Layers: !Ref Layers, EventInvokeConfig: { DestinationConfig: {
                  OnFailure: { Type: Lambda, Destination: !Ref Made } } } } }
              Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Worker, AuthType: NONE } }
              Public: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Worker,
                  Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }
              Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref WorkerName, FunctionVersion: '1',
                  Name: live } }
              Daily: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 day),
                  Targets: [{ Id: t, Arn: !Ref Worker }] } }
              Hourly: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 hour),
                  Target: { Arn: !Ref Made } } }
            """;
        using var project = new Project(("template.yaml", parent), ("maker.yaml", Maker), ("user.yaml", User));
        await Assert.That(string.Join('\n', project.Messages())).IsEqualTo("");
        var functions = project.Read().Functions.ToDictionary(f => f.Name);
        var one = functions["User-One"];
        await Assert.That(one.Layers).IsEquivalentTo(["Own", "by-name"]);
        await Assert.That(functions["User-Many"].Layers).IsEquivalentTo(["Own", "Maker-Common"]);
        await Assert.That(functions["F"].Layers).IsEquivalentTo(["Maker-Common"]);
        await Assert.That((
            functions["F"].Environment["T"],
            one.Environment["TABLE"],
            one.Environment["BUCKET"],
            one.Environment["TEXT"],
            one.Environment["NAME"])).IsEqualTo(("Maker-Orders", "Table", "arn:aws:s3:::files", "7", "y"));
        await Assert.That((
            functions["Worker"].Url is not null,
            functions["Worker"].Aliases.Single(),
            functions["Worker"].Schedules.Single().Expression)).IsEqualTo((true, "live", "rate(1 day)"));
        await Assert.That(functions["Maker-Fn"].Schedules.Single().Expression).IsEqualTo("rate(1 hour)");
        await Assert.That(Esb.Schema.Yaml.YamlTextWriter.Write(functions["User-Many"].Asynchronous!))
            .Contains("function: Maker-Fn");
        await Assert.That(project.Read().Routes.Select(r => r.Path)).Contains("/_url/Worker");
    }

    [Test]
    [Arguments("!GetAtt Shop.Outputs.Tabel", "the application 'Shop' has no output 'Tabel'; did you mean 'Table'?")]
    [Arguments("!GetAtt Shop.Outputs.Never", "the application 'Shop' has no output 'Never'")]
    [Arguments("!Sub '${Shop.Outputs.Xyzzy}'", "the application 'Shop' has no output 'Xyzzy'")]
    public async Task An_unknown_output_is_an_error(string expression, string message)
    {
        using var project = new Project(
            ("template.yaml", Parent.Replace("!GetAtt Shop.Outputs.Table", expression, StringComparison.Ordinal)),
            ("apps/shop.yaml",
                Child.Replace("Resources:", "Conditions: { No: !Equals [a, b] }\nResources:", StringComparison.Ordinal)
                    + "\n  Never: { Condition: No, Value: x }\n"));
        await Assert.That(string.Join('\n', project.Messages())).Contains("error: " + message);
    }

    [Test]
    public async Task A_layer_that_is_in_no_template_is_ignored_with_a_warning_and_a_line_of_its_application()
    {
        using var project = new Project(
            ("template.yaml", Parent.Replace(
                "Stage: prod", "Stage: 'arn:aws:lambda:us-east-1:1:layer:x:3'", StringComparison.Ordinal)),
            ("apps/shop.yaml", Child.Replace(
                "CodeUri: src/", "Layers: [!Ref Stage], CodeUri: src/", StringComparison.Ordinal)));
        await Assert.That(project.Messages().Single())
            .Contains("warning: Shop/F: the layer 'arn:aws:lambda:us-east-1:1:layer:x:3' is on AWS and is left out");
        await Assert.That(project.Read().Receipt).Contains(
            l => l.Resource == "Shop/F" && l.Property == "Layers" && l.Outcome == Esb.Sam.Receipts.Outcome.Ignored);
    }
}
