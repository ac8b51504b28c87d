using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>The typed view of <c>functions.yml</c>.</summary>
/// <param name="Defaults">The settings for functions that do not specify their own.</param>
/// <param name="Functions">By name, in the order of the file.</param>
public sealed record FunctionsFile(FunctionDefaults Defaults, IReadOnlyDictionary<string, FunctionDefinition> Functions)
{
    /// <summary>The maximum timeout in seconds (Lambda's quota).</summary>
    public const int MaxTimeout = 900;

    /// <summary>The maximum memory in MiB (Lambda's quota).</summary>
    public const int MaxMemorySize = 10_240;

    // Only a deploy reads the architectures, and it also writes them.
    private static readonly string[] FunctionKeys =
    [
        ApplicationName.Key,
        "image", "code", "runtime", "handler", "revision", "timeout", "memory_size", "environment", "layers",
        "image_config", "ephemeral_storage", "scaling", "async",
        "reserved_concurrency", "provisioned_concurrency", "aliases", "url", "events", "architectures",
    ];

    /// <summary>Reads and validates a document. Unknown keys are reported.</summary>
    /// <returns>What could be read; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    public static FunctionsFile Read(YamlMapping document, DiagnosticBag diagnostics)
    {
        if (!FormatVersion.IsUnderstood(document, ConfigurationFiles.Functions, diagnostics))
            return new FunctionsFile(FunctionDefaults.None, new Dictionary<string, FunctionDefinition>());
        TopKeys.RefuseMisspelt(document, ConfigurationFiles.Functions, diagnostics, "functions", "defaults");
        var root = new MappingReader(document, ConfigurationFiles.Functions, diagnostics);
        var functions = new OrderedDictionary<string, FunctionDefinition>(StringComparer.Ordinal);
        foreach (var (key, value) in root.Nested("functions")?.Mapping.Entries ?? [])
        {
            if (!FunctionName.IsValid(key.Value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{key.Value}' is not a function name",
                    key,
                    $"allowed: {FunctionName.Rule}");
            else if (value is not YamlMapping mapping)
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"function '{key.Value}' must be a mapping, but is {value.Kind}",
                    value);
            else
                functions[key.Value] = ReadFunction(
                    key, new MappingReader(mapping, $"function '{key.Value}'", diagnostics), diagnostics);
        }

        foreach (var function in functions.Values)
            WarnOfTargets(function, functions, diagnostics);
        var defaults = root.Nested("defaults");
        defaults?.WarnOfOthersAndEmpty([.. FunctionDefaults.Keys]);
        WarnOfScaling(defaults, diagnostics);
        if (defaults is not null)
            FunctionWarnings.CheckEnvironment(defaults, diagnostics);
        return new FunctionsFile(
            defaults is null ? FunctionDefaults.None : ReadDefaults(defaults, diagnostics), functions);
    }

    // The defaults of a template are checked where they are read.
    private static void WarnOfScaling(MappingReader? reader, DiagnosticBag diagnostics)
    {
        if (reader?.Mapping["scaling"] is not YamlMapping written)
            return;
        var scaling = new MappingReader(written, $"{reader.Subject}, scaling", diagnostics);
        scaling.WarnOfOthersAndEmpty([.. FunctionDefaults.ScalingKeys]);
        if (Number(written["min_capacity"]) is { } least && Number(written["max_capacity"]) is { } most && least > most)
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{scaling.Subject}: 'min_capacity' is {least} and 'max_capacity' {most}; no more than {most} run",
                written["min_capacity"],
                "use at most the maximum as the minimum");
    }

    // Anything but a number is reported where it is read.
    private static int? Number(YamlNode? node) => node is YamlScalar text
        && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    private static void WarnOfTargets(
        FunctionDefinition function,
        OrderedDictionary<string, FunctionDefinition> functions,
        DiagnosticBag diagnostics)
    {
        foreach (var (key, target, meant) in function.Asynchronous.Targets)
        {
            if (functions.TryGetValue(target, out var receiver))
            {
                if (!ApplicationName.IsMeant(function.Application, meant, receiver.Application))
                    diagnostics.Warning(
                        DiagnosticCodes.UnknownReference,
                        $"function '{function.Name}', async: the function '{target}' for {key} belongs to application "
                            + $"'{receiver.Application}' now; nothing is sent to it",
                        function.Place,
                        "deploy either application again, or rename one of the functions");
            }
            else
                diagnostics.Warning(
                    DiagnosticCodes.UnknownReference,
                    $"function '{function.Name}', async: there is no function '{target}' for {key}; "
                        + "nothing is sent to it",
                    function.Place,
                    "deploy it, or correct the name");
        }
    }

    internal static FunctionDefaults ReadDefaults(MappingReader defaults, DiagnosticBag diagnostics) =>
        new(
            ReadEnvironment(defaults, diagnostics),
            ReadScaling(defaults.Nested("scaling")),
            ReadTimeout(defaults),
            ReadMemory(defaults));

    private static FunctionDefinition ReadFunction(YamlScalar name, MappingReader function, DiagnosticBag diagnostics)
    {
        function.WarnOfOthersAndEmpty(FunctionKeys);
        WarnOfScaling(function, diagnostics);
        var definition = new FunctionDefinition
        {
            Name = name.Value,
            Application = ApplicationName.Read(function, diagnostics),
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
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{function.Subject}: neither 'image' nor 'code' is given",
                name,
                "name a container image, or in process mode a folder");
        if (definition.Code is not null && definition.Image is null && definition.Runtime is null)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{function.Subject}: 'runtime' is missing",
                name,
                "for example runtime: python3.12");
        FunctionWarnings.Check(function, definition, diagnostics);
        return definition;
    }

    // A name that a shell accepts; Lambda requires a letter first. A NUL would end both name and value. Source: POSIX,
    // "Environment Variable Definition".
    private static IReadOnlyDictionary<string, string> ReadEnvironment(MappingReader reader, DiagnosticBag diagnostics)
    {
        var variables = reader.TextMap("environment");
        var nodes = reader.Mapping["environment"] as YamlMapping;
        foreach (var (name, value) in variables)
        {
            if (!IsVariableName(name))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{reader.Subject}: '{name}' is not the name of a variable",
                    nodes?.KeyNode(name),
                    "allowed: letters, digits and '_', no digit first");
            else if (value.Contains('\0'))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{reader.Subject}: the variable '{name}' has a NUL character in its value",
                    nodes?.KeyNode(name),
                    "the environment of a process cannot contain it");
        }

        return variables;
    }

    private static bool IsVariableName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static int? ReadTimeout(MappingReader reader) => reader.Integer("timeout", 1, MaxTimeout);

    private static int? ReadMemory(MappingReader reader) => reader.Integer("memory_size", 64, MaxMemorySize);

    private static Scaling ReadScaling(MappingReader? scaling)
    {
        if (scaling is null)
            return Scaling.None;
        return new Scaling(
            scaling.Integer("min_capacity", 0, 1000),
            scaling.Integer("max_capacity", 1, 1000),
            scaling.Integer("idle_timeout", 1, 86_400),
            scaling.Integer("acquire_timeout", 1, 900));
    }
}
