using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>Physical names and attributes of resources, as <c>Ref</c> and <c>Fn::GetAtt</c> give them here.</summary>
internal static class ResourceNames
{
    public static string TypeOf(YamlMapping resource) => (resource["Type"] as YamlScalar)?.Value ?? "";

    /// <summary>The name by which the box knows the resource: its name property, otherwise its logical id.</summary>
    public static string Of(Resolver resolver, string logicalId, YamlNode at)
    {
        var resource = (YamlMapping)resolver.Scope.Resources[logicalId]!;
        var type = TypeOf(resource);
        var given = NameProperty(type) is { } property && (resource["Properties"] as YamlMapping)?[property] is { } node
            ? resolver.Guarded($"the name of '{logicalId}'", at, () => (resolver.Resolve(node) as YamlScalar)?.Value)
            : null;
        return given ?? (type == "AWS::S3::Bucket" ? BucketName(logicalId) : logicalId);
    }

    public static string? Attribute(Resolver resolver, string logicalId, string type, string attribute, YamlNode at)
    {
        var name = Of(resolver, logicalId, at);
        var scope = resolver.Scope;
        return (type, attribute) switch
        {
            ("AWS::Serverless::Function" or "AWS::Lambda::Function", "Arn") => scope.Arn("lambda", $"function:{name}"),
            ("AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable", "Arn") => scope.Arn("dynamodb", $"table/{name}"),
            ("AWS::DynamoDB::Table", "StreamArn") => scope.Arn("dynamodb", $"table/{name}/stream/latest"),
            ("AWS::S3::Bucket", "Arn") => $"arn:aws:s3:::{name}",
            ("AWS::S3::Bucket", "DomainName") => $"{name}.s3.amazonaws.com",
            ("AWS::S3::Bucket", "RegionalDomainName") => $"{name}.s3.{scope.Region}.amazonaws.com",
            ("AWS::Serverless::Api", "RootResourceId") => "root",
            ("AWS::IAM::Role", "Arn") => $"arn:aws:iam::{TemplateScope.AccountId}:role/{name}",
            (_, "Arn") when type.Length > 0 => scope.Arn(type.Split("::").ElementAtOrDefault(1)?.ToLowerInvariant() ?? "esb", name),
            _ => null,
        };
    }

    private static string? NameProperty(string type) => type switch
    {
        "AWS::Serverless::Function" or "AWS::Lambda::Function" => "FunctionName",
        "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" => "TableName",
        "AWS::S3::Bucket" => "BucketName",
        "AWS::Serverless::LayerVersion" or "AWS::Lambda::LayerVersion" => "LayerName",
        _ => null,
    };

    // Bucket names have no capitals: OrdersBucket becomes orders-bucket.
    private static string BucketName(string logicalId)
    {
        var name = new StringBuilder();
        for (var i = 0; i < logicalId.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(logicalId[i]) && !char.IsAsciiLetterUpper(logicalId[i - 1]))
                name.Append('-');
            name.Append(char.ToLowerInvariant(logicalId[i]));
        }

        return name.Length < 3 ? $"{name}-bucket" : name.ToString();
    }
}
