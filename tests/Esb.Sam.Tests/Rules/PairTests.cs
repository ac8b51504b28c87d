namespace Esb.Sam.Tests.Rules;

/// <summary>Combinations that AWS refuses although each part is valid.</summary>
internal sealed class PairTests
{
    [Test]
    [Arguments("Layers: [a, b, c, d, e, f]", "error: F: 'Layers' has 6 items; Lambda accepts 5 layers")]
    [Arguments(
        "AutoPublishAlias: live, ReservedConcurrentExecutions: 1, "
            + "ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 }",
        "error: F: 'ReservedConcurrentExecutions' is 1, but 3 are provisioned")]
    [Arguments(
        "Environment: { Variables: { A: !Select [0, [!Ref AWS::NoValue, z]] } }",
        "error: Fn::Select has a list that contains AWS::NoValue")]
    public async Task A_function_that_AWS_refuses_is_an_error(string properties, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith(properties)))).Contains(message);

    [Test]
    public async Task A_table_has_one_billing_mode() =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages(
                "Resources: { T: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, "
                    + "ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }, "
                    + "KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, "
                    + "AttributeType: S }] } } }")))
            .Contains("error: T: 'ProvisionedThroughput' cannot be combined with BillingMode PAY_PER_REQUEST");

    [Test]
    [Arguments("BillingMode: PAY_PER_REQUEST, ", 0, "")]
    [Arguments(
        "BillingMode: PAY_PER_REQUEST, ",
        1,
        "error: T: 'ProvisionedThroughput' cannot be combined with BillingMode")]
    [Arguments("BillingMode: PROVISIONED, ", 0, "error: T: 'WriteCapacityUnits' is '0'")]
    [Arguments("", 0, "error: T: 'ReadCapacityUnits' is '0'")]
    [Arguments("", 1, "")]
    public async Task Zeros_are_the_throughput_of_a_table_with_billing_by_request(
        string billing,
        int units,
        string message)
    {
        var throughput = $"ProvisionedThroughput: {{ ReadCapacityUnits: {units}, WriteCapacityUnits: {units} }}";
        var messages = string.Join('\n', Templates.Messages($$"""
            Resources: { T: { Type: AWS::DynamoDB::Table, Properties: { {{billing}}{{throughput}},
              KeySchema: [{ AttributeName: id, KeyType: HASH }],
              AttributeDefinitions: [{ AttributeName: id, AttributeType: S }],
              GlobalSecondaryIndexes: [{ IndexName: all, KeySchema: [{ AttributeName: id, KeyType: HASH }],
                Projection: { ProjectionType: ALL }, {{throughput}} }] } } }
            """));
        await Assert.That(messages).Contains(message);
        await Assert.That(messages.Length == 0).IsEqualTo(message.Length == 0).Because(messages);
    }

    [Test]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: id, KeyType: RANGE }]",
        "error: T: 'KeySchema' has 'id' twice")]
    [Arguments(
        "KeySchema: [{ AttributeName: r, KeyType: RANGE }, { AttributeName: id, KeyType: HASH }]",
        "error: T: 'KeySchema' is RANGE HASH")]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }], LocalSecondaryIndexes: [{ IndexName: idx, "
            + "KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: r, KeyType: RANGE }], Projection: "
            + "{ ProjectionType: ALL } }]", "error: T: 'LocalSecondaryIndexes' of a table without a RANGE key")]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: r, KeyType: RANGE }], "
            + "LocalSecondaryIndexes: [{ IndexName: idx, KeySchema: [{ AttributeName: r, KeyType: HASH }], Projection: "
            + "{ ProjectionType: ALL } }]", "error: T: a local index has the HASH key 'r', but the table has 'id'")]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }], GlobalSecondaryIndexes: [{ IndexName: ix, "
            + "KeySchema: [{ AttributeName: r, KeyType: HASH }], Projection: { ProjectionType: ALL } }]",
        "error: T, GlobalSecondaryIndexes: 'IndexName' is 'ix'")]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }], GlobalSecondaryIndexes: [{ IndexName: idx, KeySchema: "
            + "[{ AttributeName: r, KeyType: HASH }], Projection: { ProjectionType: ALL, NonKeyAttributes: [a] } }]",
        "error: T, GlobalSecondaryIndexes: 'NonKeyAttributes' cannot be combined with ProjectionType ALL")]
    [Arguments(
        "KeySchema: [{ AttributeName: id, KeyType: HASH }], GlobalSecondaryIndexes: [{ IndexName: idx, "
            + "KeySchema: [{ AttributeName: r, KeyType: HASH }], Projection: { ProjectionType: INCLUDE } }]",
        "error: T, GlobalSecondaryIndexes: 'NonKeyAttributes' is missing")]
    public async Task A_table_that_DynamoDB_refuses_is_an_error(string properties, string message) =>
        await Assert.That(
            string.Join(
                '\n',
                Templates.Messages(
                    $"Resources: {{ T: {{ Type: AWS::DynamoDB::Table, Properties: {{ BillingMode: PAY_PER_REQUEST, "
                        + $"AttributeDefinitions: [{{ AttributeName: id, AttributeType: S }}, {{ AttributeName: r, "
                        + $"AttributeType: S }}], {properties} }} }} }}")))
            .Contains(message);

    [Test]
    [Arguments("DAY", 1, "allowed with the period DAY is 0")]
    [Arguments("WEEK", 7, "allowed with the period WEEK is 0 to 6")]
    [Arguments("MONTH", 28, "allowed with the period MONTH is 0 to 27")]
    [Arguments("WEEK", 6, null)]
    public async Task An_offset_of_a_quota_is_within_its_period(string period, int offset, string? message)
    {
        var said = string.Join('\n', Templates.Messages($"Resources: {{ P: {{ Type: AWS::ApiGateway::UsagePlan, "
            + $"Properties: {{ UsagePlanName: p, Quota: {{ Limit: 10, Period: {period}, Offset: {offset} }} }} }} }}"));
        await Assert.That(said).Contains(message ?? "");
        await Assert.That(said.Contains("error", StringComparison.Ordinal)).IsEqualTo(message is not null);
    }

    [Test]
    [Arguments("Resources: { A: { Type: AWS::Serverless::Api } }", "error: A: 'StageName' is missing")]
    [Arguments(
        "Resources: { B: { Type: AWS::S3::Bucket } }\nOutputs: { A: { Value: a, Export: { Name: n } }, B: { Value: b, "
            + "Export: { Name: n } } }", "error: output 'B', Export: another output already has the name 'n'")]
    public async Task A_combination_that_SAM_or_CloudFormation_refuses_is_an_error(string text, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(text))).Contains(message);

    [Test]
    [Arguments("AllowedOrigins: ['*.*'], AllowedMethods: [GET]")]
    [Arguments("AllowedOrigins: ['*'], AllowedMethods: [GET], AllowedHeaders: ['x-*-*']")]
    public async Task A_rule_of_a_bucket_has_one_wildcard_in_each_text(string rule) =>
        await Assert.That(string.Join('\n', Templates.Messages($"Resources: {{ B: {{ Type: AWS::S3::Bucket, "
            + $"Properties: {{ CorsConfiguration: {{ CorsRules: [{{ {rule} }}] }} }} }} }}")))
            .Contains("allowed: text with at most one *");

    [Test]
    [Arguments("amzn-s3-demo-x")]
    [Arguments("abc-s3alias")]
    [Arguments("sthree-x")]
    [Arguments("xn--abc")]
    [Arguments("a..b")]
    [Arguments("abc--x-s3")]
    public async Task A_bucket_may_not_have_a_name_that_S3_reserves(string name) =>
        await Assert.That(string.Join('\n', Templates.Messages($"Resources: {{ B: {{ Type: AWS::S3::Bucket, "
            + $"Properties: {{ BucketName: {name} }} }} }}"))).Contains($"error: B: '{name}' is not a bucket name");

    [Test]
    public async Task An_attribute_that_no_resource_has_is_a_line_that_strict_refuses() =>
        await Assert.That(string.Join('\n', Templates.Messages(
            "Transform: AWS::Serverless-2016-10-31\n"
                + Templates.FunctionWith("Environment: { Variables: { A: !GetAtt F.Nope } }"),
            new SamOptions { Strict = true })))
            .Contains("error: F: F.Nope is ignored: there is no such attribute here");

    [Test]
    public async Task A_resource_without_its_transform_is_refused_by_strict()
    {
        const string Loop =
            "Resources: { 'Fn::ForEach::Each': [Name, [a, b], { 'B${Name}': { Type: AWS::S3::Bucket } }] }";
        var strict = new SamOptions { Strict = true };
        await Assert.That(Templates.Messages(Loop)).IsEmpty();
        await Assert.That(AsWritten(Loop, strict)).Contains(
            "error: Fn::ForEach::Each: CloudFormation knows it only with 'Transform: AWS::LanguageExtensions'");
        await Assert.That(Templates.Messages("Transform: AWS::LanguageExtensions\n" + Loop, strict)).IsEmpty();
        await Assert.That(AsWritten("Resources: { Table: { Type: AWS::Serverless::SimpleTable } }", strict))
            .Contains("error: Table: CloudFormation knows its type only with 'Transform: AWS::Serverless-2016-10-31'");
    }

    [Test]
    [Arguments("!Length [a, b]", "", "Fn::Length")]
    [Arguments("!ToJsonString { a: b }", "", "Fn::ToJsonString")]
    [Arguments("!FindInMap [M, z, b, { DefaultValue: c }]", "", "the DefaultValue of Fn::FindInMap")]
    [Arguments("!FindInMap [!Sub M, a, b]", "", "a function in Fn::FindInMap")]
    [Arguments("!Join ['', ['Fn::Length': [a]]]", "", "Fn::Length")]
    [Arguments("!Ref { 'Fn::Sub': Bucket }", "", "a function in Ref")]
    [Arguments("!GetAtt [!Sub Bucket, Arn]", "", "a function in Fn::GetAtt")]
    [Arguments("!GetAtt [Bucket, !Sub Arn]", "", "a function in Fn::GetAtt")]
    [Arguments("a", "DeletionPolicy: !If [C, Retain, Delete], ", "a function in DeletionPolicy")]
    [Arguments("a", "UpdateReplacePolicy: !Ref P, ", "a function in UpdateReplacePolicy")]
    public async Task A_function_of_a_transform_that_the_template_lacks_is_refused_by_strict(
        string value,
        string policy,
        string what)
    {
        string Of(string transforms) =>
            $"Transform: [{transforms}AWS::Serverless-2016-10-31]\n"
                + "Parameters: { P: { Type: String, Default: Retain } }\nMappings: { M: { a: { b: c } } }\n"
                + "Conditions: { C: !Equals [a, a] }\nResources:\n  Bucket: { "
                + $"{policy}Type: AWS::S3::Bucket }}\n"
                + Templates.FunctionWith($"Environment: {{ Variables: {{ A: {value} }} }}").Split("Resources:\n")[1];
        var strict = new SamOptions { Strict = true };
        await Assert.That(string.Join('\n', Templates.Messages(Of(""), strict)))
            .Contains($"error: {what}: CloudFormation knows it only with 'Transform: AWS::LanguageExtensions'");
        await Assert.That(Templates.Messages(Of(""))).IsEmpty();
        await Assert.That(string.Join('\n', Templates.Messages(Of("AWS::LanguageExtensions, "), strict)))
            .DoesNotContain("CloudFormation knows it only");
    }

    [Test]
    [Arguments("!FindInMap [M, !Ref P, b]")]
    [Arguments("!FindInMap [M, !FindInMap [M, a, b], b]")]
    [Arguments("!GetAtt [Bucket, !Ref P]")]
    public async Task Functions_that_CloudFormation_has_itself_need_no_transform(string value) =>
        await Assert.That(string.Join('\n', Templates.Messages(
            "Transform: AWS::Serverless-2016-10-31\nParameters: { P: { Type: String, Default: Arn } }\n"
                + "Mappings: { M: { a: { b: c }, c: { b: d }, Arn: { b: c } } }\n"
                + "Resources:\n  Bucket: { Type: AWS::S3::Bucket }\n"
                + Templates.FunctionWith($"Environment: {{ Variables: {{ A: {value} }} }}").Split("Resources:\n")[1],
            new SamOptions { Strict = true }))).DoesNotContain("CloudFormation knows");

    [Test]
    public async Task An_included_file_is_checked_for_such_functions_too()
    {
        using var project = new Project(
            ("template.yaml", "Transform: AWS::Serverless-2016-10-31\n" + Templates.FunctionWith("Environment: { "
                + "'Fn::Transform': { Name: AWS::Include, Parameters: { Location: e.yaml } } }")),
            ("e.yaml", "Variables: { A: !Length [a] }\n"),
            ("src/app.py", ""));
        await Assert.That(string.Join('\n', project.Messages(options: new SamOptions { Strict = true })))
            .Contains("e.yaml:1:").And.Contains("Fn::Length: CloudFormation knows it only with");
    }

    private static string AsWritten(string text, SamOptions options)
    {
        var diagnostics = new Esb.Schema.Diagnostics.DiagnosticBag();
        SamTemplate.Read(text, "t.yaml", options, diagnostics);
        return diagnostics.Single().ToString();
    }
}
