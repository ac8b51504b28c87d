using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>The typed view of <c>functions.yml</c>.</summary>
/// <param name="Defaults">What applies to every function that does not say otherwise.</param>
/// <param name="Functions">By name, in the order of the file.</param>
public sealed record FunctionsFile(FunctionDefaults Defaults, IReadOnlyDictionary<string, FunctionDefinition> Functions)
{
    /// <summary>The longest a function may run, seconds (Lambda's quota).</summary>
    public const int MaxTimeout = 900;

    /// <summary>The most memory a function may ask for, MiB (Lambda's quota).</summary>
    public const int MaxMemorySize = 10_240;

    /// <summary>
    /// Reads and validates. Keys that this version does not know are left alone.
    /// </summary>
    /// <returns>What could be read; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    public static FunctionsFile Read(YamlMapping document, DiagnosticBag diagnostics)
    {
        if (!FormatVersion.IsUnderstood(document, ConfigurationFiles.Functions, diagnostics))
            return new FunctionsFile(FunctionDefaults.None, new Dictionary<string, FunctionDefinition>());
        TopKeys.RequireNoSlip(document, ConfigurationFiles.Functions, diagnostics, "functions", "defaults");
        var root = new MappingReader(document, ConfigurationFiles.Functions, diagnostics);
        var functions = new OrderedDictionary<string, FunctionDefinition>(StringComparer.Ordinal);
        foreach (var (key, value) in root.Nested("functions")?.Mapping.Entries ?? [])
        {
            if (!FunctionName.IsValid(key.Value))
                diagnostics.Error(DiagnosticCodes.WrongValue, $"'{key.Value}' is not a function name", key, $"allowed are {FunctionName.Rule}");
            else if (value is not YamlMapping mapping)
                diagnostics.Error(DiagnosticCodes.WrongKind, $"function '{key.Value}' must be a mapping, this is {value.Kind}", value);
            else
                functions[key.Value] = ReadFunction(key, new MappingReader(mapping, $"function '{key.Value}'", diagnostics), diagnostics);
        }

        CheckDestinations(functions, diagnostics);
        return new FunctionsFile(root.Nested("defaults") is { } defaults ? ReadDefaults(defaults, diagnostics) : FunctionDefaults.None, functions);
    }

    // Not an error: it may be deployed later, and until then what it is to be told waits.
    private static void CheckDestinations(OrderedDictionary<string, FunctionDefinition> functions, DiagnosticBag diagnostics)
    {
        foreach (var function in functions.Values)
        {
            foreach (var target in new[] { function.Asynchronous.OnSuccess, function.Asynchronous.OnFailure, function.Asynchronous.DeadLetter }.Distinct())
            {
                if (target is not null && !functions.ContainsKey(target))
                    diagnostics.Warning(DiagnosticCodes.UnknownReference, $"function '{function.Name}': events that have ended go to '{target}', and there is no such function", function.Place, "what it is to be told stays pending until it is deployed");
            }
        }
    }

    internal static FunctionDefaults ReadDefaults(MappingReader defaults, DiagnosticBag diagnostics) =>
        new(ReadEnvironment(defaults, diagnostics), ReadScaling(defaults.Nested("scaling")), ReadTimeout(defaults), ReadMemory(defaults));

    private static FunctionDefinition ReadFunction(YamlScalar name, MappingReader function, DiagnosticBag diagnostics)
    {
        var definition = new FunctionDefinition
        {
            Name = name.Value,
            Image = function.Text("image"),
            Code = function.Text("code"),
            Runtime = function.Text("runtime"),
            Handler = function.Text("handler"),
            Revision = function.Text("revision"),
            Timeout = ReadTimeout(function),
            MemorySize = ReadMemory(function),
            Environment = ReadEnvironment(function, diagnostics),
            Layers = function.TextList("layers"),
            ImageConfig = ImageConfiguration.Read(function.Nested("image_config")),
            EphemeralStorage = function.Integer("ephemeral_storage", 64, MaxMemorySize),
            Scaling = ReadScaling(function.Nested("scaling")),
            Schedules = ScheduleReader.Read(function, diagnostics),
            Asynchronous = InvocationReader.Asynchronous(function, diagnostics),
            ReservedConcurrency = function.Integer("reserved_concurrency", 0, 1000),
            ProvisionedConcurrency = function.Integer("provisioned_concurrency", 0, 1000),
            Aliases = function.TextList("aliases"),
            InvokeMode = InvocationReader.Mode(function, diagnostics),
            Place = name.Place,
        };
        if (definition.Image is null && definition.Code is null)
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{function.Subject}: neither 'image' nor 'code' is given", name, "name a container image, or in process mode a folder");
        if (definition.Code is not null && definition.Image is null && definition.Runtime is null)
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{function.Subject}: 'runtime' is missing", name, "for example runtime: python3.12");
        return definition;
    }

    // What a shell can hold; Lambda wants a letter first. Source: POSIX, "Environment Variable Definition". Both end at a NUL.
    private static IReadOnlyDictionary<string, string> ReadEnvironment(MappingReader reader, DiagnosticBag diagnostics)
    {
        var variables = reader.TextMap("environment");
        var nodes = reader.Mapping["environment"] as YamlMapping;
        foreach (var (name, value) in variables)
        {
            if (!IsVariableName(name))
                diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: '{name}' is not the name of a variable", nodes?.KeyNode(name), "allowed are letters, digits and '_', no digit first");
            else if (value.Contains('\0'))
                diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: the variable '{name}' has a NUL character in its value", nodes?.KeyNode(name), "no process can be given one");
        }

        return variables;
    }

    private static bool IsVariableName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static int? ReadTimeout(MappingReader reader) => reader.Integer("timeout", 1, MaxTimeout);

    private static int? ReadMemory(MappingReader reader) => reader.Integer("memory_size", 64, MaxMemorySize);

    private static Scaling ReadScaling(MappingReader? scaling) =>
        scaling is null
            ? Scaling.None
            : new Scaling(
                scaling.Integer("min_capacity", 0, 1000),
                scaling.Integer("max_capacity", 1, 1000),
                scaling.Integer("idle_timeout", 1, 86_400),
                scaling.Integer("acquire_timeout", 1, 900));
}
