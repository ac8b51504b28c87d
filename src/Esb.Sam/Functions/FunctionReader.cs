using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>Makes functions from resolved properties, for both kinds of function resources.</summary>
internal sealed class FunctionReader(StackContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    /// <summary>All functions that can be read, each with its events.</summary>
    public IReadOnlyList<ReadFunction> Read(ResourceSet resources)
    {
        List<ReadFunction> functions = [];
        var events = new EventReader(context);
        foreach (var resource in resources.Of("AWS::Serverless::Function", "AWS::Lambda::Function"))
        {
            if (Read(resource) is { } function)
                functions.Add(new ReadFunction(function, [.. events.Read(resource)]));
        }

        return functions;
    }

    private SamFunction? Read(TemplateResource resource)
    {
        var reader = new MappingReader(resource.Properties, resource.LogicalId, _diagnostics);
        if (!FunctionName.IsValid(resource.Name))
        {
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{resource.LogicalId}: '{resource.Name}' is not a function name",
                resource.Properties["FunctionName"] ?? resource.Key,
                $"allowed: {FunctionName.Rule}");
            return null;
        }

        var alias = reader.Text("AutoPublishAlias");
        if (resource.Type == "AWS::Serverless::Function"
            && alias is null
            && resource.Properties["ProvisionedConcurrencyConfig"] is YamlMapping provisioned)
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{resource.LogicalId}: 'ProvisionedConcurrencyConfig' needs 'AutoPublishAlias'",
                provisioned,
                "for example AutoPublishAlias: live");
        var function = new SamFunction
        {
            LogicalId = resource.LogicalId,
            Name = resource.Name,
            Timeout = reader.Integer("Timeout", 1, FunctionsFile.MaxTimeout),
            MemorySize = reader.Integer("MemorySize", 64, FunctionsFile.MaxMemorySize),
            EphemeralStorage = reader.Nested("EphemeralStorage")?.Integer("Size", 512, 10_240),
            Environment = ReadEnvironment(reader),
            WantedLayers = ReadLayers(reader),
            MinCapacity =
                reader.Nested("ProvisionedConcurrencyConfig")?.Integer("ProvisionedConcurrentExecutions", 1, 1000),
            ReservedConcurrency = reader.Integer("ReservedConcurrentExecutions", 0, 1000),
            Architectures = reader.TextList("Architectures"),
            Aliases = alias is { Length: > 0 } ? [alias] : [],
            Asynchronous = new AsynchronousReader(context).Read(reader),
            Url = Url(reader),
            BuildMethod = new BuildMethods(context).OfFunction(resource),
            Place = resource.Key.Place,
        };
        return new CodeReader(context).AddTo(function, resource, reader);
    }

    private FunctionUrl? Url(MappingReader function) => function.Nested("FunctionUrlConfig") is { } url
        ? FunctionUrls.Read(url, _diagnostics) with { NeedsPermission = context.UnseenUrls.Contains(function.Subject) }
        : null;

    private IReadOnlyDictionary<string, string> ReadEnvironment(MappingReader reader)
    {
        if (reader.Nested("Environment") is not { } environment)
            return new Dictionary<string, string>();
        if (environment.Mapping["Variables"] is YamlMapping variables)
            EnvironmentRule.Check(environment.Subject, variables, _diagnostics);
        return environment.TextMap("Variables");
    }

    // A layer may be in another template, so whether it exists is checked after all templates are read.
    private List<WantedLayer> ReadLayers(MappingReader reader) =>
        reader.Mapping["Layers"] is { } layers
            ? [.. reader.TextList("Layers")
                .Select(l => new WantedLayer(l, context.Receipt.NameOf(reader.Subject), layers.Place))]
            : [];
}
