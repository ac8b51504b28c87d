using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>URLs of functions: <c>FunctionUrlConfig</c> and <c>AWS::Lambda::Url</c>.</summary>
internal static class FunctionUrls
{
    /// <summary>Those of the plain resources, each with the name of its function.</summary>
    /// <param name="resources">Of the template.</param>
    /// <param name="publicUrls">See <see cref="PublicUrls"/>.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static IEnumerable<(TemplateResource Resource, string Function, FunctionUrl Url)> Of(ResourceSet resources, IReadOnlySet<string?> publicUrls, DiagnosticBag diagnostics)
    {
        foreach (var resource in resources.Of("AWS::Lambda::Url"))
        {
            var reader = new MappingReader(resource.Properties, resource.LogicalId, diagnostics);
            if (LambdaTarget.NameOf(resource.Properties["TargetFunctionArn"]) is { } function)
                yield return (resource, function, Allowed(Read(reader, diagnostics), publicUrls.Contains(function) || publicUrls.Contains(null), resource));
            else
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{resource.LogicalId}: 'TargetFunctionArn' is missing", resource.Key, "for example TargetFunctionArn: !GetAtt OrdersFunction.Arn");
        }
    }

    private static FunctionUrl Allowed(FunctionUrl url, bool isPublic, TemplateResource resource)
    {
        if (url.NeedsSignature || isPublic)
            return url;
        resource.Context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource.LogicalId}: the URL is closed: {PublicUrls.Reason}", resource.Key, "add one with Action lambda:InvokeFunctionUrl, Principal '*' and FunctionUrlAuthType NONE");
        return url with { Closed = PublicUrls.Reason };
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
