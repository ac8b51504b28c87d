using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Linking;

/// <summary>Reads the resources of one template that add something to functions of any template.</summary>
internal sealed class AttachmentReader(StackContext context)
{
    public IReadOnlyList<Attachment> Read(ResourceSet resources) =>
        [.. Urls(resources), .. Aliases(resources), .. Clock(resources)];

    private IEnumerable<Attachment> Urls(ResourceSet resources) =>
        from url in FunctionUrls.Of(resources, context.Diagnostics)
        select Of(url.Resource, url.Function, "TargetFunctionArn", function => function) with
        {
            Url = new AttachedUrl(Here(url.Resource, url.Url), QualifierOf(url.Resource)),
        };

    // On AWS, such a URL would belong to another function.
    private FunctionUrl Here(TemplateResource resource, FunctionUrl url)
    {
        var target = resource.Properties["TargetFunctionArn"]!;
        if (UrlPermissions.IsHere(ResourceSet.Text(target)!, context))
            return url;
        context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{resource.LogicalId}: the URL is closed: {UrlPermissions.Elsewhere}",
            target,
            UrlPermissions.Here);
        return url with { Closed = UrlPermissions.Elsewhere };
    }

    private static string? QualifierOf(TemplateResource url) =>
        ResourceSet.Text(url.Properties["Qualifier"])
            ?? LambdaTarget.Qualified(ResourceSet.Text(url.Properties["TargetFunctionArn"]))?.Qualifier;

    private IEnumerable<Attachment> Aliases(ResourceSet resources)
    {
        foreach (var alias in resources.Of("AWS::Lambda::Alias"))
        {
            if (LambdaTarget.NameOf(alias.Properties["FunctionName"]) is { } function
                && ResourceSet.Text(alias.Properties["Name"]) is { } name)
                yield return Of(alias, function, "FunctionName", f => f with { Aliases = [.. f.Aliases, name] });
            else
                context.Diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{alias.LogicalId}: 'FunctionName' or 'Name' is missing",
                    alias.Key,
                    "for example FunctionName: !Ref OrdersFunction");
        }
    }

    private IEnumerable<Attachment> Clock(ResourceSet resources) =>
        Schedules.Of(resources, context)
            .Select(s =>
                Of(s.Resource, s.Function, s.Property, f => f with { Schedules = [.. f.Schedules, s.Schedule] }));

    private Attachment Of(
        TemplateResource resource,
        string function,
        string property,
        Func<SamFunction, SamFunction> add) =>
        new(function, context.Receipt.NameOf(resource.LogicalId), property, resource.Key.Place, add);
}
