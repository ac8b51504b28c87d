using System.Text;
using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>Physical names and attributes of resources, as <c>Ref</c> and <c>Fn::GetAtt</c> return them here.</summary>
internal static class ResourceNames
{
    /// <summary>
    /// Whether <c>Ref</c> of such a resource has a meaningful value. It has one for resources that ESB creates and for
    /// those of which only the name matters.
    /// </summary>
    public static bool IsNamedHere(string type) =>
        KnownProperties.For(type) is not null
        || type.StartsWith("AWS::IAM::", StringComparison.Ordinal)
        || type.StartsWith("AWS::Lambda::", StringComparison.Ordinal)
        || type.StartsWith("AWS::ApiGateway", StringComparison.Ordinal)
        || type is "AWS::Logs::LogGroup" or "";

    /// <summary>The name of a resource: its name property, otherwise its logical id.</summary>
    public static string Of(Resolver resolver, string logicalId, YamlNode at)
    {
        var resource = (YamlMapping)resolver.Scope.Resources[logicalId]!;
        var type = resolver.Scope.TypeOf(logicalId);
        var given = NameProperty(type) is { } property && (resource["Properties"] as YamlMapping)?[property] is { } node
            ? resolver.Guarded($"the name of '{logicalId}'", at, () => (resolver.Resolve(node) as YamlScalar)?.Value)
            : null;
        var context = resolver.Scope.Context;
        var name = context.NameOf(logicalId);
        if (IsLayer(type))
            return context.Options.Names.OfLayer(given ?? name, context.Receipt.NameOf(logicalId), name);
        return given ?? type switch
        {
            "AWS::S3::Bucket" => BucketName(name),
            // The name of a table has at least three characters.
            "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" when name.Length < 3 => $"{name}-table",
            _ => name,
        };
    }

    /// <summary>Whether resources of this type are versions of layers.</summary>
    public static bool IsLayer(string type) => type is "AWS::Serverless::LayerVersion" or "AWS::Lambda::LayerVersion";

    /// <summary>
    /// The result of <c>Ref</c> for <c>AWS::Lambda::Alias</c>, <c>AWS::Lambda::Version</c> and <c>AWS::Lambda::Url</c>:
    /// the ARN of the function, with the alias. Null when it names no function.
    /// </summary>
    public static string? FunctionOf(Resolver resolver, string logicalId, YamlNode at)
    {
        var (target, qualifier) = resolver.Scope.TypeOf(logicalId) switch
        {
            "AWS::Lambda::Url" => ("TargetFunctionArn", "Qualifier"),
            "AWS::Lambda::Alias" => ("FunctionName", "Name"),
            _ => ("FunctionName", null),
        };
        if ((resolver.Scope.Resources[logicalId] as YamlMapping)?["Properties"] is not YamlMapping properties
            || properties[target] is not { } named)
            return null;
        return resolver.Guarded($"the function of '{logicalId}'", at, () =>
        {
            var resolved = resolver.Resolve(named);
            if (LambdaTarget.NameOf(resolved) is not { } function)
                return null;
            // The TargetFunctionArn of a URL may contain the alias instead.
            var alias = qualifier is not null
                && properties[qualifier] is { } written ? (resolver.Resolve(written) as YamlScalar)?.Value
                : qualifier == "Qualifier" ? LambdaTarget.Qualified(ResourceSet.Text(resolved))?.Qualifier : null;
            return resolver.Scope.Arn(
                "lambda", alias is null ? $"function:{function}" : $"function:{function}:{alias}");
        });
    }

    /// <summary>The value of an attribute; null when it has no value here.</summary>
    public static string? Attribute(Resolver resolver, string logicalId, string attribute, YamlNode at)
    {
        var name = resolver.NameOf(logicalId, at);
        var scope = resolver.Scope;
        var type = scope.TypeOf(logicalId);
        return (type, attribute) switch
        {
            ("AWS::Serverless::Function" or "AWS::Lambda::Function", _) =>
                OfFunction(resolver, logicalId, name, attribute),
            ("AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable", "Arn") => scope.Arn("dynamodb", $"table/{name}"),
            ("AWS::DynamoDB::Table", "StreamArn") => scope.Arn("dynamodb", $"table/{name}/stream/latest"),
            ("AWS::DynamoDB::Table", "TableId") => name,
            ("AWS::S3::Bucket", "Arn") => $"arn:aws:s3:::{name}",
            ("AWS::S3::Bucket", "DomainName") => $"{name}.s3.amazonaws.com",
            ("AWS::S3::Bucket", "DualStackDomainName") => $"{name}.s3.dualstack.{scope.Region}.amazonaws.com",
            ("AWS::S3::Bucket", "RegionalDomainName") => $"{name}.s3.{scope.Region}.amazonaws.com",
            ("AWS::S3::Bucket", "WebsiteURL") => $"http://{name}.s3-website-{scope.Region}.amazonaws.com",
            ("AWS::Serverless::Api" or "AWS::ApiGateway::RestApi", "RootResourceId") => RootOf(name),
            ("AWS::Serverless::Api" or "AWS::ApiGateway::RestApi", "RestApiId") => name,
            ("AWS::Serverless::HttpApi" or "AWS::ApiGatewayV2::Api", "ApiId") => name,
            ("AWS::Serverless::HttpApi" or "AWS::ApiGatewayV2::Api", "ApiEndpoint") =>
                $"https://{name}.execute-api.{scope.Region}.amazonaws.com",
            ("AWS::Serverless::Api" or "AWS::Serverless::HttpApi", "Stage") =>
                GeneratedResources.StageOf(resolver, logicalId),
            ("AWS::Serverless::Api" or "AWS::Serverless::HttpApi", "Deployment" or "DomainName" or "UsagePlan"
                or "UsagePlanKey" or "ApiKey") => name + attribute,
            _ when IsId(type, attribute) => name,
            ("AWS::Lambda::Alias", "AliasArn") or ("AWS::Lambda::Version" or "AWS::Lambda::Url", "FunctionArn") =>
                FunctionOf(resolver, logicalId, at),
            ("AWS::Lambda::Version", "Version") => "$LATEST",
            ("AWS::Lambda::Url", "FunctionUrl") => null,
            ("AWS::IAM::Role", "Arn") => $"arn:aws:iam::{TemplateScope.AccountId}:role/{name}",
            ("AWS::Serverless::Application" or "AWS::CloudFormation::Stack", _)
                when attribute.StartsWith("Outputs.", StringComparison.Ordinal) =>
                resolver.Output?.Invoke(logicalId, attribute["Outputs.".Length..], at),
            (_, "Arn") when IsNamedHere(type) && type.Length > 0 =>
                scope.Arn(type.Split("::").ElementAtOrDefault(1)?.ToLowerInvariant() ?? "esb", name),
            _ => null,
        };
    }

    // Attributes with the same value as Ref.
    private static bool IsId(string type, string attribute) => (type, attribute) is
        ("AWS::ApiGateway::Resource", "ResourceId") or ("AWS::ApiGateway::Authorizer", "AuthorizerId")
            or ("AWS::ApiGateway::ApiKey", "APIKeyId") or ("AWS::ApiGateway::UsagePlan", "Id")
            or ("AWS::ApiGateway::UsagePlanKey", "Id")
        or ("AWS::ApiGateway::Deployment", "DeploymentId") or ("AWS::ApiGatewayV2::Integration", "IntegrationId")
            or ("AWS::ApiGatewayV2::Route", "RouteId") or ("AWS::ApiGatewayV2::Authorizer", "AuthorizerId")
        or ("AWS::ApiGatewayV2::Stage", "Id") or ("AWS::ApiGatewayV2::ApiMapping", "ApiMappingId")
            or ("AWS::ApiGatewayV2::Deployment", "DeploymentId") or ("AWS::Lambda::LayerVersion", "LayerVersionArn");

    /// <summary>The id that stands for the root resource of a REST API.</summary>
    public static string RootOf(string api) => api + "/";

    private static string? OfFunction(Resolver resolver, string logicalId, string name, string attribute) =>
        attribute switch
        {
            "Arn" or "Version" => resolver.Scope.Arn("lambda", $"function:{name}"),
            "Alias" when GeneratedResources.AliasOf(resolver, logicalId) is { } alias =>
                resolver.Scope.Arn("lambda", $"function:{name}:{alias}"),
            _ => null,
        };

    private static string? NameProperty(string type) => type switch
    {
        "AWS::Serverless::Function" or "AWS::Lambda::Function" => "FunctionName",
        "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" => "TableName",
        "AWS::S3::Bucket" => "BucketName",
        "AWS::Serverless::LayerVersion" or "AWS::Lambda::LayerVersion" => "LayerName",
        "AWS::IAM::Role" => "RoleName",
        "AWS::Logs::LogGroup" => "LogGroupName",
        "AWS::ApiGateway::Stage" or "AWS::ApiGatewayV2::Stage" => "StageName",
        _ => null,
    };

    // Bucket names have no capitals, so OrdersBucket becomes orders-bucket.
    private static string BucketName(string logicalId)
    {
        var name = new StringBuilder();
        for (var i = 0; i < logicalId.Length; i++)
        {
            if (i > 0
                && char.IsAsciiLetterUpper(logicalId[i])
                && char.IsAsciiLetterOrDigit(logicalId[i - 1])
                && !char.IsAsciiLetterUpper(logicalId[i - 1]))
                name.Append('-');
            name.Append(char.ToLowerInvariant(logicalId[i]));
        }

        return name.Length < 3 ? $"{name}-bucket"
            : name.Length > 63 ? name.ToString(0, 63).TrimEnd('-', '.')
            : name.ToString();
    }
}
