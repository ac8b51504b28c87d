using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>Resolved properties → functions. Both kinds of function resources.</summary>
/// <param name="context">Where the template stands.</param>
/// <param name="layers">Names of the layers that lie beside it.</param>
internal sealed class FunctionReader(StackContext context, IReadOnlySet<string> layers)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public FunctionReader(StackContext context, IEnumerable<string> layers)
        : this(context, layers.ToHashSet(StringComparer.Ordinal))
    {
    }

    /// <summary>All that can be read, each with its events.</summary>
    public IReadOnlyList<ReadFunction> Read(ResourceSet resources)
    {
        List<ReadFunction> functions = [];
        var events = new EventReader(context);
        var twins = new Dictionary<string, string>(StringComparer.Ordinal);
        var urls = FunctionUrls.ByFunction(resources, _diagnostics);
        var aliases = resources.Of("AWS::Lambda::Alias").ToLookup(a => LambdaTarget.NameOf(a.Properties["FunctionName"]) ?? "", a => ResourceSet.Text(a.Properties["Name"]) ?? "");
        foreach (var resource in resources.Of("AWS::Serverless::Function", "AWS::Lambda::Function"))
        {
            if (Read(resource) is not { } function)
                continue;
            if (!twins.TryAdd(function.Name, function.LogicalId))
                _diagnostics.Error(DiagnosticCodes.WrongValue, $"{function.LogicalId}: the name '{function.Name}' is that of {twins[function.Name]} too", resource.Key, "give them different FunctionNames");
            function = function with { Url = function.Url ?? urls.GetValueOrDefault(function.Name), Aliases = [.. function.Aliases, .. aliases[function.Name]] };
            functions.Add(new ReadFunction(function, [.. events.Read(resource)]));
        }

        return functions;
    }

    private SamFunction? Read(TemplateResource resource)
    {
        var reader = new MappingReader(resource.Properties, resource.LogicalId, _diagnostics);
        if (!FunctionName.IsValid(resource.Name))
        {
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource.LogicalId}: '{resource.Name}' is not a function name", resource.Properties["FunctionName"] ?? resource.Key, $"allowed are {FunctionName.Rule}");
            return null;
        }

        var alias = reader.Text("AutoPublishAlias");
        var function = new SamFunction
        {
            LogicalId = resource.LogicalId,
            Name = resource.Name,
            Timeout = reader.Integer("Timeout", 1, FunctionsFile.MaxTimeout),
            MemorySize = reader.Integer("MemorySize", 64, FunctionsFile.MaxMemorySize),
            EphemeralStorage = reader.Nested("EphemeralStorage")?.Integer("Size", 512, 10_240),
            Environment = reader.Nested("Environment")?.TextMap("Variables") ?? new Dictionary<string, string>(),
            Layers = ReadLayers(reader),
            MinCapacity = reader.Nested("ProvisionedConcurrencyConfig")?.Integer("ProvisionedConcurrentExecutions", 1, 1000),
            ReservedConcurrency = reader.Integer("ReservedConcurrentExecutions", 0, 1000),
            Architectures = reader.TextList("Architectures"),
            Aliases = alias is { Length: > 0 } ? [alias] : [],
            Asynchronous = new AsynchronousReader(context).Read(reader),
            Url = reader.Nested("FunctionUrlConfig") is { } url ? FunctionUrls.Read(url, _diagnostics) : null,
            BuildMethod = (resource.Metadata["BuildMethod"] as YamlScalar)?.Value,
            Place = resource.Key.Place,
        };
        return new CodeReader(context).AddTo(function, resource, reader);
    }

    // A layer of this template is named by its physical name; what lives on AWS cannot be had here.
    private List<string> ReadLayers(MappingReader reader)
    {
        List<string> found = [];
        foreach (var layer in reader.TextList("Layers"))
        {
            var name = layer.StartsWith("arn:", StringComparison.Ordinal) ? layer.Split(':').ElementAtOrDefault(6) ?? layer : layer;
            if (layers.Contains(name))
                found.Add(name);
            else
                _diagnostics.Warning(DiagnosticCodes.NotSupported, $"{reader.Subject}: the layer '{layer}' is on AWS and is left out", reader.Mapping["Layers"], "add it to the template as AWS::Serverless::LayerVersion");
        }

        return found;
    }
}

/// <summary>A function and those of its events that are served.</summary>
internal sealed record ReadFunction(SamFunction Function, IReadOnlyList<FunctionEvent> Events)
{
    public IEnumerable<SamSchedule> Schedules => Events.Where(e => e.Kind is "Schedule" or "ScheduleV2").Select(e => Functions.Schedules.OfEvent(e.Kind, e.Properties)).OfType<SamSchedule>();
}
