namespace Esb.Sam.Tests.Rules;

/// <summary>
/// What SAM, CloudFormation or the service requires, or refuses in combination: a valid form and an invalid one.
/// </summary>
internal sealed class RequiredTests
{
    private const string Key = "KeySchema: [{ AttributeName: id, KeyType: HASH }], "
        + "AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]";

    private const string Function =
        "Role: 'arn:aws:iam::000000000000:role/r', Handler: a.b, Runtime: python3.12, Code: { ";

    private const string ByRequest = $"BillingMode: PAY_PER_REQUEST, {Key}";

    private const string Index =
        "IndexName: byId, KeySchema: [{ AttributeName: id, KeyType: HASH }], Projection: { ProjectionType: ALL }";

    [Test]
    [Arguments(
        "AWS::DynamoDB::Table", ByRequest, Key, "T: 'ProvisionedThroughput' is missing: BillingMode is PROVISIONED")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{Key}, ProvisionedThroughput: {{ ReadCapacityUnits: 1, WriteCapacityUnits: 1 }}",
        $"{Key}, ProvisionedThroughput: {{ ReadCapacityUnits: 1 }}",
        "'WriteCapacityUnits' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ {Index} }}]",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ {Index}, ProvisionedThroughput: {{ ReadCapacityUnits: 1, "
            + $"WriteCapacityUnits: 1 }} }}]",
        "GlobalSecondaryIndexes: 'ProvisionedThroughput' cannot be combined with BillingMode PAY_PER_REQUEST")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ {Index} }}]",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ IndexName: byId, Projection: {{ ProjectionType: ALL }} }}]",
        "'KeySchema' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ {Index} }}]",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ IndexName: byId, KeySchema: [{{ AttributeName: id, "
            + $"KeyType: HASH }}] }}]",
        "'Projection' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ {Index} }}]",
        $"{ByRequest}, GlobalSecondaryIndexes: [{{ IndexName: byId, KeySchema: [{{ AttributeName: id, "
            + $"KeyType: HASH }}], Projection: {{}} }}]",
        "'ProjectionType' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        ByRequest,
        "BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id }], AttributeDefinitions: [{ AttributeName: id, "
            + "AttributeType: S }]",
        "'KeyType' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        ByRequest,
        "BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], "
            + "AttributeDefinitions: [{ AttributeName: id }]",
        "'AttributeType' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        ByRequest,
        "BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: "
            + "[{ AttributeName: id, AttributeType: S }, { AttributeName: id, AttributeType: N }]",
        "'AttributeDefinitions' has 'id' twice")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, StreamSpecification: {{ StreamViewType: KEYS_ONLY }}",
        $"{ByRequest}, StreamSpecification: {{}}",
        "'StreamViewType' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, SSESpecification: {{ SSEEnabled: true }}",
        $"{ByRequest}, SSESpecification: {{ SSEType: KMS }}",
        "'SSEEnabled' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, TimeToLiveSpecification: {{ Enabled: true, AttributeName: at }}",
        $"{ByRequest}, TimeToLiveSpecification: {{ AttributeName: at }}",
        "'Enabled' is missing")]
    [Arguments(
        "AWS::DynamoDB::Table",
        $"{ByRequest}, Tags: [{{ Key: a, Value: b }}, {{ Key: b, Value: b }}]",
        $"{ByRequest}, Tags: [{{ Key: a, Value: b }}, {{ Key: a, Value: c }}]",
        "Tags: there are two tags with the key 'a'")]
    [Arguments(
        "AWS::Serverless::SimpleTable",
        "PrimaryKey: { Name: id, Type: String }",
        "PrimaryKey: { Type: String }",
        "'Name' is missing")]
    [Arguments(
        "AWS::S3::Bucket",
        "Tags: [{ Key: aws, Value: b }]",
        "Tags: [{ Key: 'aws:a', Value: b }]",
        "'aws:a' begins with aws:")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 1 }] }",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 1, "
            + "ExpirationDate: '2030-01-01T00:00:00Z' }] }",
        "'ExpirationDate' cannot be combined with 'ExpirationInDays'")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpiredObjectDeleteMarker: true }] }",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpiredObjectDeleteMarker: true, "
            + "ExpirationInDays: 1 }] }",
        "'ExpirationInDays' cannot be combined with 'ExpiredObjectDeleteMarker'")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Id: a, Status: Enabled, ExpirationInDays: 1 }, { Id: b, Status: Enabled, "
            + "ExpirationInDays: 1 }] }",
        "LifecycleConfiguration: { Rules: [{ Id: a, Status: Enabled, ExpirationInDays: 1 }, { Id: a, Status: Enabled, "
            + "ExpirationInDays: 1 }] }",
        "there are two rules with the Id 'a'")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 1 }] }",
        "LifecycleConfiguration: { Rules: [] }",
        "'Rules' has 0 entries")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, Transitions: [{ StorageClass: GLACIER, "
            + "TransitionInDays: 1 }] }] }",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, Transitions: [{ StorageClass: GLACIER }] }] }",
        "'TransitionInDays' or 'TransitionDate' is missing")]
    [Arguments(
        "AWS::S3::Bucket",
        "CorsConfiguration: { CorsRules: [{ AllowedMethods: [GET], AllowedOrigins: ['*'] }] }",
        "CorsConfiguration: { CorsRules: [] }",
        "'CorsRules' has 0 entries")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { IndexDocument: a }",
        "WebsiteConfiguration: { ErrorDocument: a }",
        "'IndexDocument' is missing")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: x } }",
        "WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: x }, IndexDocument: a }",
        "'IndexDocument' cannot be combined with 'RedirectAllRequestsTo'")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { IndexDocument: a }",
        "WebsiteConfiguration: { IndexDocument: '' }",
        "'IndexDocument' is ''; allowed: the name of a file, without '/'")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { IndexDocument: a, ErrorDocument: b/c }",
        "WebsiteConfiguration: { IndexDocument: a/b }",
        "'IndexDocument' is 'a/b'; allowed: the name of a file, without '/'")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { IndexDocument: a }",
        "WebsiteConfiguration: { IndexDocument: a, ErrorDocument: '' }",
        "'ErrorDocument' is ''")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: x } }",
        "WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: '' } }",
        "'HostName' is ''; allowed: the name of a host")]
    [Arguments(
        "AWS::S3::Bucket",
        "WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: x } }",
        """WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: "w\n" } }""",
        "allowed: the name of a host")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, Transition: { StorageClass: GLACIER, TransitionInDays: 1 "
            + "} }] }",
        "LifecycleConfiguration: { Rules: [{ Status: Enabled, Transition: { StorageClass: GLACIER, TransitionInDays: 1 "
            + "}, Transitions: [{ StorageClass: GLACIER, TransitionInDays: 1 }] }] }",
        "'Transitions' cannot be combined with 'Transition'")]
    [Arguments("AWS::Lambda::Function", $"{Function}ZipFile: a }}", $"{Function}ZipFile: '' }}", "'ZipFile' is ''")]
    [Arguments(
        "AWS::Lambda::Function",
        $"{Function}ZipFile: a }}",
        $"{Function}ZipFile: a, S3Bucket: b, S3Key: c }}",
        "T, Code: 'ZipFile' cannot be combined with 'S3Bucket'")]
    [Arguments(
        "AWS::Lambda::Function",
        $"{Function}ZipFile: a }}",
        $"{Function}ZipFile: a, ImageUri: b }}",
        "T, Code: 'ZipFile' cannot be combined with 'ImageUri'")]
    [Arguments(
        "AWS::Serverless::Function",
        "Handler: a.b, Runtime: python3.12, InlineCode: a",
        "Handler: a.b, Runtime: python3.12, InlineCode: ''",
        "'InlineCode' is ''; allowed: the source code")]
    [Arguments(
        "AWS::ApiGatewayV2::DomainName", "DomainName: x.org", "DomainName: ''", "'DomainName' is ''")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Domain: { DomainName: x.org, CertificateArn: a }",
        "Domain: { DomainName: '', CertificateArn: a }",
        "'DomainName' is ''")]
    [Arguments("AWS::ApiGateway::RestApi", "Name: a", "Name: ''", "'Name' is missing, and no definition gives it")]
    [Arguments(
        "AWS::ApiGateway::RestApi",
        "BodyS3Location: { Bucket: a, Key: b }",
        "BodyS3Location: { Bucket: [a], Key: b }",
        "BodyS3Location: 'Bucket' must be text, but is a list")]
    [Arguments(
        "AWS::ApiGatewayV2::DomainName",
        "DomainName: x.org",
        "DomainName: x.org, MutualTlsAuthentication: { TruststoreUri: [a] }",
        "MutualTlsAuthentication: 'TruststoreUri' must be text, but is a list")]
    [Arguments(
        "AWS::ApiGateway::RestApi", "Name: a", "Description: a", "'Name' is missing, and no definition gives it")]
    [Arguments("AWS::ApiGatewayV2::Api", "Name: a, ProtocolType: HTTP", "Name: a", "'ProtocolType' is missing, "
        + "and no definition gives it")]
    [Arguments(
        "AWS::ApiGateway::UsagePlan", "Quota: { Limit: 1, Period: DAY }", "Quota: { Limit: 1 }", "'Period' is missing")]
    [Arguments(
        "AWS::ApiGateway::UsagePlan",
        "Quota: { Limit: 1, Period: DAY }",
        "Quota: { Period: DAY }",
        "'Limit' is missing")]
    [Arguments(
        "AWS::ApiGateway::UsagePlanKey",
        "KeyId: a, KeyType: API_KEY, UsagePlanId: b",
        "KeyId: a, UsagePlanId: b",
        "'KeyType' is missing")]
    [Arguments("AWS::ApiGatewayV2::DomainName", "DomainName: x.org", "Tags: {}", "'DomainName' is missing")]
    [Arguments(
        "AWS::Serverless::Api",
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a }",
        "StageName: p, Domain: { DomainName: x.org }",
        "'CertificateArn' is missing")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Domain: { DomainName: x.org, CertificateArn: a }",
        "Domain: { CertificateArn: a }",
        "'DomainName' is missing")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "DefinitionBody: { openapi: '3.0.1', paths: {} }",
        "DefinitionBody: { swagger: '2.0', paths: {} }",
        "its definition is not OpenAPI 3")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "DefinitionBody: { openapi: 3.0.1, paths: {} }",
        "DefinitionBody: { openapi: 3.0.1 }",
        "its definition has no paths")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth: { Authorizers: { A: { IdentitySource: $request.header.A, JwtConfiguration: { issuer: 'https://x', "
            + "audience: [a] } } } }",
        "Auth: { Authorizers: { A: { JwtConfiguration: { issuer: 'https://x', audience: [a] } } } }",
        "'IdentitySource' is missing")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth: { Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0' } } }",
        "Auth: { Authorizers: { A: { FunctionArn: f } } }",
        "'AuthorizerPayloadFormatVersion' is missing")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth: { Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0' } } }",
        "Auth: { Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0', "
            + "IdentitySource: $request.header.A } } }",
        "'IdentitySource' cannot be combined with FunctionArn")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth: { Authorizers: { A: { IdentitySource: $request.header.A, JwtConfiguration: { issuer: 'https://x', "
            + "audience: [a] } } } }",
        "Auth: { Authorizers: { A: { IdentitySource: $request.header.A, Identity: { Headers: [b] }, "
            + "JwtConfiguration: { issuer: 'https://x', audience: [a] } } } }",
        "'Identity' cannot be combined with JwtConfiguration")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "CorsConfiguration: { AllowOrigins: ['https://*'] }",
        "CorsConfiguration: { AllowOrigins: [example.org] }",
        "'AllowOrigins' is 'example.org'; allowed: an origin such as")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth: { Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0', Identity: { "
            + "QueryStrings: [a] } } } }",
        "Auth: { Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0', Identity: { "
            + "QueryStrings: ['a b'] } } } }",
        "'QueryStrings' is 'a b'")]
    [Arguments(
        "AWS::Serverless::Api",
        "StageName: p, EndpointConfiguration: REGIONAL",
        "StageName: p, EndpointConfiguration: PRIVAT",
        "'EndpointConfiguration' is 'PRIVAT'; did you mean 'PRIVATE'?")]
    [Arguments(
        "AWS::Serverless::Api",
        "StageName: p, DefinitionUri: s3://a/b",
        "StageName: p, DefinitionUri: s3://a/b, Auth: { ApiKeyRequired: true }",
        "'Auth' together with 'DefinitionUri'")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "DefinitionUri: s3://a/b",
        "DefinitionUri: s3://a/b, CorsConfiguration: true",
        "'CorsConfiguration' together with 'DefinitionUri'")]
    [Arguments(
        "AWS::Serverless::Function",
        Templates.Code + ", EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: Lambda, "
            + "Destination: 'arn:aws:lambda:us-east-1:000000000000:function:T' } } }",
        Templates.Code + ", EventInvokeConfig: { DestinationConfig: { OnFailure: { "
            + "Destination: 'arn:aws:lambda:us-east-1:000000000000:function:T' } } }",
        "'Type' is missing")]
    [Arguments(
        "AWS::Serverless::Function",
        Templates.Code + ", Events: { Tick: { Type: Schedule, Properties: { Schedule: rate(1 hour) } } }",
        Templates.Code + ", Events: { Tick-1: { Type: Schedule, Properties: { Schedule: rate(1 hour) } } }",
        "'Tick-1' is not the name of an event")]
    [Arguments(
        "AWS::Serverless::Function",
        Templates.Code + ", Events: { Tick: { Type: Schedule, Properties: { Schedule: rate(1 hour), Input: '[]' } } }",
        Templates.Code + ", Events: { Tick: { Type: Schedule, Properties: { Schedule: rate(1 hour), Input: [a] } } }",
        "'Input' must be a mapping, but is a list")]
    public async Task The_valid_form_is_accepted_and_what_AWS_refuses_is_an_error(
        string type,
        string right,
        string wrong,
        string message)
    {
        await Assert.That(Errors(type, right)).IsEmpty();
        await Assert.That(Errors(type, wrong)).Contains(message);
    }

    [Test]
    [Arguments("Api", "StageName: p", "Auth: { Authorizer: NONE }", "'Authorizer' is NONE, "
        + "and its API has no DefaultAuthorizer")]
    [Arguments("HttpApi", "Name: p", "Auth: { Authorizer: NONE }", "'Authorizer' is NONE, "
        + "and its API has no DefaultAuthorizer")]
    [Arguments("Api", "StageName: p", "Auth: { ApiKeyRequired: false }", "'ApiKeyRequired' is false, "
        + "and its API requires no key")]
    public async Task Settings_for_a_guard_that_the_API_does_not_have_are_errors(
        string kind,
        string api,
        string auth,
        string message)
    {
        string Text(string words) => $"Resources:\n  A: {{ Type: AWS::Serverless::{kind}, Properties: "
            + $"{{ {api} }} }}\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Events: "
            + $"{{ E: {{ Type: {kind}, Properties: {{ {(kind == "Api" ? "RestApiId" : "ApiId")}: !Ref A, Path: /a, "
            + $"Method: get{words} }} }} }} }} }}\n";
        await Assert.That(Templates.Messages(Text(""))).IsEmpty();
        await Assert.That(string.Join('\n', Templates.Messages(Text(", " + auth)))).Contains("error: ")
            .And.Contains(message);
    }

    private static string Errors(string type, string properties) =>
        string.Join('\n', Templates.Messages($"Resources:\n  T: {{ Type: {type}, Properties: {{ {properties} }} }}\n")
            .Where(m => m.Contains(": error: ", StringComparison.Ordinal)));
}
