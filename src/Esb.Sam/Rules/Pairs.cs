using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Properties that are right each by itself and that AWS refuses together. Sources: Lambda quotas; Lambda, "Configuring provisioned concurrency"; CloudFormation, "AWS::DynamoDB::Table".</summary>
internal static class Pairs
{
    private const int MostLayers = 5;

    public static void Check(TemplateResource resource, DiagnosticBag diagnostics)
    {
        var properties = resource.Properties;
        switch (resource.Type)
        {
            case "AWS::Serverless::Function" or "AWS::Lambda::Function":
                if (properties["Layers"] is YamlSequence layers && layers.Items.Count > MostLayers)
                    diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: 'Layers' has {layers.Items.Count} items", layers, $"Lambda takes {MostLayers} layers");
                if (Number(properties["ReservedConcurrentExecutions"]) is { } reserved && Number((properties["ProvisionedConcurrencyConfig"] as YamlMapping)?["ProvisionedConcurrentExecutions"]) is { } provisioned && reserved < provisioned)
                    diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: 'ReservedConcurrentExecutions' is {reserved}, and {provisioned} are provisioned", properties["ReservedConcurrentExecutions"], "reserve as many as are provisioned, or more");
                break;
            case "AWS::DynamoDB::Table":
                TablePairs.Check(resource, diagnostics);
                if (properties["BillingMode"] is YamlScalar { Value: "PAY_PER_REQUEST" } && properties["ProvisionedThroughput"] is YamlMapping throughput)
                    diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: 'ProvisionedThroughput' does not go with BillingMode PAY_PER_REQUEST", throughput, "leave one of them out");
                break;
        }
    }

    private static int? Number(YamlNode? node) => node is YamlScalar text && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
