using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Properties that are valid alone but that AWS refuses together. Sources: Lambda quotas; Lambda, "Configuring
/// provisioned concurrency"; Lambda API reference, "FunctionCode"; CloudFormation, "AWS::DynamoDB::Table".
/// </summary>
internal static class Pairs
{
    private const int MaxLayers = 5;

    public static void Check(TemplateResource resource, DiagnosticBag diagnostics)
    {
        var properties = resource.Properties;
        switch (resource.Type)
        {
            case "AWS::Serverless::Function" or "AWS::Lambda::Function":
                if (properties["Layers"] is YamlSequence layers && layers.Items.Count > MaxLayers)
                    diagnostics.Error(
                        DiagnosticCodes.WrongValue,
                        $"{resource.LogicalId}: 'Layers' has {layers.Items.Count} items",
                        layers,
                        $"Lambda accepts {MaxLayers} layers");
                CheckSources($"{resource.LogicalId}, Code", properties["Code"] as YamlMapping, diagnostics);
                var provisioning = properties["ProvisionedConcurrencyConfig"] as YamlMapping;
                if (Number(properties["ReservedConcurrentExecutions"]) is { } reserved
                    && Number(provisioning?["ProvisionedConcurrentExecutions"]) is { } provisioned
                    && reserved < provisioned)
                    diagnostics.Error(
                        DiagnosticCodes.WrongValue,
                        $"{resource.LogicalId}: 'ReservedConcurrentExecutions' is {reserved}, "
                            + $"but {provisioned} are provisioned",
                        properties["ReservedConcurrentExecutions"],
                        "reserve at least as many as are provisioned");
                break;
            case "AWS::DynamoDB::Table":
                TablePairs.Check(resource, diagnostics);
                break;
            case "AWS::S3::Bucket":
                BucketPairs.Check(resource, diagnostics);
                break;
            case "AWS::ApiGateway::Method" when properties["Integration"] is YamlMapping integration:
                CheckVerb(resource, integration, "Uri", "IntegrationHttpMethod", "Integration.IntegrationHttpMethod");
                break;
            case "AWS::ApiGatewayV2::Integration":
                CheckVerb(resource, properties, "IntegrationUri", "IntegrationMethod", "IntegrationMethod");
                break;
            case "AWS::ApiGateway::RestApi"
                when !resource.Context.DefinedOnAws.Contains(resource.LogicalId) && !Has(properties, "Body")
                    && !Has(properties, "BodyS3Location") && !Has(properties, "CloneFrom") && !Has(properties, "Name"):
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{resource.LogicalId}: 'Name' is missing, and no definition gives it",
                    resource.Key,
                    "for example Name: orders");
                break;
            case "AWS::ApiGatewayV2::Api" when !resource.Context.DefinedOnAws.Contains(resource.LogicalId)
                && !Has(properties, "Body")
                && !Has(properties, "BodyS3Location"):
                foreach (var name in new[] { "Name", "ProtocolType" }.Where(n => !Has(properties, n)))
                    diagnostics.Error(
                        DiagnosticCodes.MissingKey,
                        $"{resource.LogicalId}: '{name}' is missing, and no definition gives it",
                        resource.Key,
                        name == "Name" ? "for example Name: orders" : "write ProtocolType: HTTP");
                break;
        }
    }

    /// <summary>Reports two properties of which only one may be given.</summary>
    public static void Refuse(string subject, string first, string second, YamlNode at, DiagnosticBag diagnostics) =>
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{subject}: '{second}' cannot be combined with '{first}'",
            at,
            "leave one of them out");

    private static void CheckSources(string subject, YamlMapping? code, DiagnosticBag diagnostics)
    {
        string[] sources = ["ImageUri", "S3Bucket", "ZipFile"];
        if (code is not null && sources.Where(s => Has(code, s)).ToList() is [var first, var second, ..])
            Refuse(subject, first, second, code[second]!, diagnostics);
    }

    // API Gateway creates such an integration and then fails on every call.
    private static void CheckVerb(
        TemplateResource resource,
        YamlMapping integration,
        string uri,
        string verb,
        string property)
    {
        if (LambdaTarget.OfArn(ResourceSet.Text(integration[uri])) is not null
            && ResourceSet.Text(integration[verb]) is { } method
            && !method.Equals("POST", StringComparison.OrdinalIgnoreCase))
            resource.Context.LeaveOut(
                resource.LogicalId,
                property,
                $"it is {method}, but functions are called with POST",
                integration[verb]!);
    }

    private static bool Has(YamlMapping properties, string name) =>
        properties[name] is not null and not YamlScalar { IsNull: true } and not YamlScalar { Value: "" };

    private static int? Number(YamlNode? node) => node is YamlScalar text
        && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;
}
