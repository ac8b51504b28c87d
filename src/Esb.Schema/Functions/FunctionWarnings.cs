using System.Text.Json;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>Warnings about settings of hand-written functions that have no effect; the file is used as it is.</summary>
internal static class FunctionWarnings
{
    private const int LongestAlias = 128;

    private const string InputHelp = "for example input: '{\"name\": \"value\"}'";

    // With such a runtime Lambda runs the function's own program, whatever its handler is.
    private const string OwnRuntime = "provided";

    public static void Check(MappingReader function, FunctionDefinition definition, DiagnosticBag diagnostics)
    {
        var subject = function.Subject;
        if (definition is { Image: not null, Code: not null })
        {
            var both = $"{subject}: 'code' and 'image' are both given; containers run the image, process mode the code";
            var at = function.Mapping.KeyNode("code");
            diagnostics.Warning(DiagnosticCodes.WrongValue, both, at, "leave one of them out");
        }

        if (IsWithoutHandler(definition))
        {
            var missing = $"{subject}: 'handler' is missing, so each call fails";
            const string Help = "for example handler: app.handler";
            diagnostics.Warning(DiagnosticCodes.MissingKey, missing, definition.Place, Help);
        }

        if (HasWrongHandler(definition))
        {
            var wrong = $"{subject}: 'handler' is '{definition.Handler}' and not of the form file.function, "
                + "so each call fails";
            const string Help = "for example handler: app.handler";
            diagnostics.Warning(DiagnosticCodes.WrongValue, wrong, function.Mapping["handler"], Help);
        }

        CheckConcurrency(function, definition, diagnostics);
        foreach (var alias in definition.Aliases.Where(a => !IsAlias(a)))
        {
            var help = alias == "$LATEST"
                ? "leave it out: every function has it"
                : $"allowed: letters, digits, '-' and '_', at most {LongestAlias} of them";
            var message = $"{subject}: '{alias}' is not an alias";
            diagnostics.Warning(DiagnosticCodes.WrongValue, message, function.Mapping["aliases"], help);
        }

        CheckEnvironment(function, diagnostics);
    }

    /// <summary>Warns about variables that Lambda sets itself.</summary>
    /// <param name="owner">A function, or the defaults.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void CheckEnvironment(MappingReader owner, DiagnosticBag diagnostics)
    {
        if (owner.Mapping["environment"] is not YamlMapping variables)
            return;
        foreach (var (name, _) in variables.Entries.Where(e => ReservedVariables.Names.Contains(e.Key.Value)))
        {
            var message = $"{owner.Subject}: the variable '{name.Value}' is set by Lambda itself; "
                + "functions find this value in its place";
            diagnostics.Warning(DiagnosticCodes.WrongValue, message, name, "choose another name");
        }
    }

    /// <summary>Warns about keys of a schedule that have no effect.</summary>
    public static void CheckSchedule(MappingReader schedule, string? input, DiagnosticBag diagnostics)
    {
        var written = schedule.Mapping;
        if (Text(written["expression"]) is { } expression && Text(written["rate"]) is { } rate && expression != rate)
        {
            var both = $"{schedule.Subject}: 'expression' and 'rate' are both given; the expression counts";
            diagnostics.Warning(DiagnosticCodes.WrongValue, both, written.KeyNode("rate"), "leave one of them out");
        }

        if (input is not null && !IsJson(input))
        {
            var message = $"{schedule.Subject}: 'input' is not valid JSON, so functions cannot read it";
            diagnostics.Warning(DiagnosticCodes.WrongValue, message, written["input"], InputHelp);
        }
    }

    private static void CheckConcurrency(MappingReader function, FunctionDefinition wanted, DiagnosticBag diagnostics)
    {
        if (wanted is not { ProvisionedConcurrency: { } provisioned, ReservedConcurrency: { } reserved })
            return;
        if (provisioned <= reserved)
            return;
        var message = $"{function.Subject}: 'provisioned_concurrency' is {provisioned} and 'reserved_concurrency' "
            + $"{reserved}; no more than {reserved} run";
        var at = function.Mapping.KeyNode("provisioned_concurrency");
        diagnostics.Warning(DiagnosticCodes.WrongValue, message, at, "reserve as many as are provisioned, or more");
    }

    private static bool IsWithoutHandler(FunctionDefinition definition) =>
        definition is { Image: null, Code: not null, Runtime: { } runtime }
        && string.IsNullOrEmpty(definition.Handler)
        && !runtime.StartsWith(OwnRuntime, StringComparison.Ordinal);

    // Read as the agent reads it: in Node's src/v1.2/app.handler, the function follows the first dot of the last
    // segment.
    private static bool HasWrongHandler(FunctionDefinition definition)
    {
        if (definition is not { Image: null, Code: not null, Runtime: { } runtime, Handler: { Length: > 0 } handler })
            return false;
        var isNode = runtime.StartsWith("nodejs", StringComparison.Ordinal);
        if (!isNode && !runtime.StartsWith("python", StringComparison.Ordinal))
            return false;
        var dot = isNode ? handler.IndexOf('.', handler.LastIndexOf('/') + 1) : handler.LastIndexOf('.');
        return dot <= 0 || dot == handler.Length - 1;
    }

    private static bool IsAlias(string name) =>
        name.Length is > 0 and <= LongestAlias && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Text(YamlNode? node) => node is YamlScalar { IsNull: false } text ? text.Value : null;

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
