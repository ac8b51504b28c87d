using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>URLs of functions: <c>FunctionUrlConfig</c> and <c>AWS::Lambda::Url</c>.</summary>
internal static class FunctionUrls
{
    public static Dictionary<string, FunctionUrl> ByFunction(ResourceSet resources, DiagnosticBag diagnostics)
    {
        var urls = new Dictionary<string, FunctionUrl>(StringComparer.Ordinal);
        foreach (var resource in resources.Of("AWS::Lambda::Url"))
        {
            var reader = new MappingReader(resource.Properties, resource.LogicalId, diagnostics);
            if (LambdaTarget.NameOf(resource.Properties["TargetFunctionArn"]) is { } function)
                urls[function] = Read(reader, diagnostics);
            else
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{resource.LogicalId}: 'TargetFunctionArn' is missing", resource.Key, "for example TargetFunctionArn: !GetAtt OrdersFunction.Arn");
        }

        return urls;
    }

    public static FunctionUrl Read(MappingReader url, DiagnosticBag diagnostics)
    {
        url.RequiredText("AuthType", "NONE, or AWS_IAM");
        var cors = url.Nested("Cors");
        return new FunctionUrl(
            url.Text("AuthType") != "NONE",
            url.Text("InvokeMode") ?? "BUFFERED",
            cors is null ? null : CorsReader.OfUrl(cors, diagnostics),
            url.Mapping.Place);
    }
}
