using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Parameters: defaults, overrides and their rules. Source: CloudFormation User Guide, "CloudFormation template Parameters syntax".
/// </summary>
internal static class ParameterValues
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromSeconds(1);

    public static IEnumerable<(string Name, YamlNode Value)> Read(YamlMapping parameters, IReadOnlyDictionary<string, string> overrides, DiagnosticBag diagnostics)
    {
        foreach (var unknown in overrides.Keys.Where(k => !parameters.Contains(k)))
            diagnostics.Warning(DiagnosticCodes.UnknownReference, $"the template has no parameter '{unknown}'", parameters, NearMiss.Help(unknown, parameters.Entries.Select(e => e.Key.Value)));
        foreach (var (name, node) in parameters.Entries)
        {
            if (node is not YamlMapping parameter)
            {
                diagnostics.Error(DiagnosticCodes.WrongKind, $"parameter '{name.Value}' must be a mapping, this is {node.Kind}", node);
                continue;
            }

            var reader = new MappingReader(parameter, $"parameter '{name.Value}'", diagnostics);
            var text = overrides.TryGetValue(name.Value, out var given) ? given : Default(parameter);
            if (text is null)
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{reader.Subject} has no value", name, $"give one with --parameter-overrides {name.Value}=…, or a Default");
            else
                Check(reader, text, diagnostics);
            yield return (name.Value, Typed(reader.Text("Type") ?? "String", text ?? "", parameter));
        }
    }

    private static string? Default(YamlMapping parameter) => parameter["Default"] switch
    {
        YamlScalar scalar => scalar.Value,
        YamlSequence list => string.Join(',', list.Items.OfType<YamlScalar>().Select(i => i.Value)),
        _ => null,
    };

    private static YamlNode Typed(string type, string text, YamlMapping parameter) =>
        type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)
            ? new YamlSequence([.. text.Split(',', StringSplitOptions.TrimEntries).Select(t => new YamlScalar(t, place: parameter.Place))], parameter.Place)
            : new YamlScalar(text, plain: type == "Number", parameter.Place);

    private static void Check(MappingReader parameter, string value, DiagnosticBag diagnostics)
    {
        void Wrong(string rule) => diagnostics.Error(DiagnosticCodes.WrongValue, $"{parameter.Subject} is '{value}'", parameter.Mapping, parameter.Text("ConstraintDescription") ?? rule);
        var allowed = parameter.TextList("AllowedValues");
        if (allowed.Count > 0 && !allowed.Contains(value))
            Wrong($"allowed is {string.Join(", ", allowed)}");
        if (parameter.Text("AllowedPattern") is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternPatience))
            Wrong($"it must match {pattern}");
        if (parameter.Text("Type") == "Number" && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            Wrong("it must be a number");
        if (value.Length < parameter.Integer("MinLength", 0, int.MaxValue) || value.Length > parameter.Integer("MaxLength", 0, int.MaxValue))
            Wrong("its length is out of bounds");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (number < Bound(parameter, "MinValue") || number > Bound(parameter, "MaxValue")))
            Wrong("it is out of bounds");
    }

    private static double? Bound(MappingReader parameter, string key) =>
        double.TryParse(parameter.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;
}
