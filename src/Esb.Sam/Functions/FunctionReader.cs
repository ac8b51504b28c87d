using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>Resolved properties → function. Both kinds of function resources.</summary>
internal sealed class FunctionReader(TemplateScope scope, DiagnosticBag diagnostics)
{
    public SamFunction? Read(TemplateResource resource)
    {
        var reader = new MappingReader(resource.Properties, resource.LogicalId, diagnostics);
        var name = reader.Text("FunctionName") ?? resource.LogicalId;
        if (!FunctionName.IsValid(name))
        {
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: '{name}' is not a function name", resource.Properties["FunctionName"] ?? resource.Key, $"allowed are {FunctionName.Rule}");
            return null;
        }

        var function = new SamFunction
        {
            LogicalId = resource.LogicalId,
            Name = name,
            Timeout = reader.Integer("Timeout", 1, FunctionsFile.MaxTimeout),
            MemorySize = reader.Integer("MemorySize", 64, FunctionsFile.MaxMemorySize),
            Environment = reader.Nested("Environment")?.TextMap("Variables") ?? new Dictionary<string, string>(),
            Layers = ReadLayers(reader),
            MinCapacity = reader.Nested("ProvisionedConcurrencyConfig")?.Integer("ProvisionedConcurrentExecutions", 1, 1000),
            // Zero stops a function on AWS; there is no such switch here, one worker is the least.
            MaxCapacity = reader.Integer("ReservedConcurrentExecutions", 0, 1000) is { } reserved ? Math.Max(1, reserved) : null,
            Architectures = reader.TextList("Architectures"),
            Place = resource.Key.Place,
        };
        return reader.Text("PackageType") == "Image" ? WithImage(function, resource, reader) : WithCode(function, resource, reader);
    }

    private static SamFunction WithImage(SamFunction function, TemplateResource resource, MappingReader reader) => function with
    {
        IsImage = true,
        ImageUri = reader.Text("ImageUri") ?? ((resource.Properties["Code"] as YamlMapping)?["ImageUri"] as YamlScalar)?.Value,
    };

    private SamFunction? WithCode(SamFunction function, TemplateResource resource, MappingReader reader)
    {
        var handler = reader.RequiredText("Handler", "for example Handler: app.handler");
        var runtime = reader.RequiredText("Runtime", "for example Runtime: python3.12");
        if (runtime is not null && !Runtimes.IsKnown(runtime))
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: '{runtime}' is not a runtime", resource.Properties["Runtime"], NearMiss.Help(runtime, Runtimes.Current) ?? $"for example {Runtimes.Current[0]}");
        var (path, inline, node) = Code(resource);
        if (path is null && inline is null)
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{resource.LogicalId}: 'CodeUri' is missing", node ?? resource.Key, "name the folder with the code, or give InlineCode");
        if (handler is null || runtime is null || (path ?? inline) is null)
            return null;
        return function with
        {
            Handler = handler,
            Runtime = runtime,
            CodePath = path,
            InlineCode = inline,
            HandlerPlace = resource.Properties["Handler"]!.Place,
            CodePlace = node!.Place,
        };
    }

    private static (string? Path, string? Inline, YamlNode? Node) Code(TemplateResource resource)
    {
        var properties = resource.Properties;
        if (properties["InlineCode"] is YamlScalar inline)
            return (null, inline.Value, inline);
        return (properties["CodeUri"] ?? properties["Code"]) switch
        {
            YamlScalar path => (path.Value, null, path),
            YamlMapping code when code["ZipFile"] is YamlScalar source => (null, source.Value, source),
            var other => (null, null, other),
        };
    }

    // A layer of this template is named by its physical name; what lives on AWS cannot be had here.
    private List<string> ReadLayers(MappingReader reader)
    {
        var own = scope.Resources.Entries
            .Where(r => r.Value is YamlMapping m && ResourceNames.TypeOf(m).EndsWith("::LayerVersion", StringComparison.Ordinal))
            .Select(r => r.Key.Value)
            .ToHashSet(StringComparer.Ordinal);
        List<string> layers = [];
        foreach (var layer in reader.TextList("Layers"))
        {
            if (layer.StartsWith("arn:", StringComparison.Ordinal))
                diagnostics.Warning(DiagnosticCodes.NotSupported, $"{reader.Subject}: the layer '{layer}' is on AWS and is left out", reader.Mapping["Layers"], "add it to the template as AWS::Serverless::LayerVersion");
            else if (own.Count > 0)
                layers.Add(layer);
        }

        return layers;
    }
}
