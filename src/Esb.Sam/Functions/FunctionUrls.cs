using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>Reads function URLs: <c>FunctionUrlConfig</c> and <c>AWS::Lambda::Url</c>.</summary>
internal static class FunctionUrls
{
    /// <summary>Returns the URLs that are separate resources, each with the name of its function.</summary>
    /// <param name="resources">The resources of the template.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static IEnumerable<(TemplateResource Resource, string Function, FunctionUrl Url)> Of(
        ResourceSet resources,
        DiagnosticBag diagnostics)
    {
        foreach (var resource in resources.Of("AWS::Lambda::Url"))
        {
            var reader = new MappingReader(resource.Properties, resource.LogicalId, diagnostics);
            if (LambdaTarget.NameOf(resource.Properties["TargetFunctionArn"]) is { } function)
                yield return (resource, function, Read(reader, diagnostics));
            else
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{resource.LogicalId}: 'TargetFunctionArn' is missing",
                    resource.Key,
                    "for example TargetFunctionArn: !GetAtt OrdersFunction.Arn");
        }
    }

    public static FunctionUrl Read(MappingReader url, DiagnosticBag diagnostics)
    {
        url.RequiredText("AuthType", "NONE or AWS_IAM");
        var cors = url.Nested("Cors");
        return new FunctionUrl(
            url.Text("AuthType") != "NONE",
            url.Text("InvokeMode") ?? "BUFFERED",
            cors is null ? null : CorsReader.OfUrl(cors, diagnostics),
            url.Mapping.Place);
    }
}
