using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Parameters: defaults, overrides and their rules. Source: CloudFormation User Guide, "CloudFormation template Parameters syntax".
/// </summary>
internal static class ParameterValues
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromSeconds(1);

    private const string FromSystemsManager = "AWS::SSM::Parameter::Value<";

    public static IEnumerable<(string Name, YamlNode Value)> Read(YamlMapping parameters, StackContext context)
    {
        var (overrides, diagnostics) = (context.Parameters, context.Diagnostics);
        var mayBeTheirs = context.Options.SharesParameters && context.Applications.Count == 0;
        foreach (var unknown in overrides.Keys.Where(k => !mayBeTheirs && !parameters.Contains(k)))
        {
            var (message, help) = ($"the template has no parameter '{unknown}'", NearMiss.Help(unknown, parameters.Entries.Select(e => e.Key.Value)));
            // What a template hands to a nested one, CloudFormation refuses; what is given on the command line may be another template's.
            if (context.Applications.Count > 0)
                diagnostics.Error(DiagnosticCodes.UnknownReference, message, parameters, help);
            else
                diagnostics.Warning(DiagnosticCodes.UnknownReference, message, parameters, help);
        }

        foreach (var (name, node) in parameters.Entries)
        {
            if (node is not YamlMapping parameter)
            {
                diagnostics.Error(DiagnosticCodes.WrongKind, $"parameter '{name.Value}' must be a mapping, this is {node.Kind}", node);
                continue;
            }

            var reader = new MappingReader(parameter, $"parameter '{name.Value}'", diagnostics);
            ParameterRules.Check(name, reader, context);
            NullValues.Check("Parameters", parameter, context, $"{name.Value}.");
            var type = (parameter["Type"] as YamlScalar)?.Value ?? "String";
            var text = overrides.TryGetValue(name.Value, out var given) ? given : Default(parameter);
            if (text is not null && type.StartsWith(FromSystemsManager, StringComparison.Ordinal))
            {
                yield return (name.Value, Stored(text, type, parameter, context));
                continue;
            }

            if (text is not null && IsSecret(parameter))
                Conceal(text, diagnostics);
            if (text is null)
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{reader.Subject} has no value", name, $"give one with --parameter-overrides {name.Value}=…, or a Default");
            else
                Check(reader, text, diagnostics);
            yield return (name.Value, Typed(type, text ?? "", parameter));
        }
    }

    /// <summary>Whether a parameter's value is not to be shown.</summary>
    public static bool IsSecret(YamlNode? parameter) => (parameter as YamlMapping)?["NoEcho"] is YamlScalar flag && flag.Value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Conceal(string value, DiagnosticBag diagnostics)
    {
        foreach (var text in value.Split(',', StringSplitOptions.TrimEntries).Append(value))
            diagnostics.Concealed.Add(text);
    }

    // The value is the name of a parameter in AWS Systems Manager. What is not given is an error only where somebody needs it.
    private static YamlNode Stored(string name, string type, YamlMapping parameter, StackContext context)
    {
        if (context.Options.Values.Parameter(name) is not { } value)
            return new YamlScalar($"{{{{resolve:ssm:{name}}}}}", place: parameter.Place);
        return value is YamlScalar text ? Typed(type[FromSystemsManager.Length..^1], text.Value, parameter) : value;
    }

    private static string? Default(YamlMapping parameter) => parameter["Default"] switch
    {
        YamlScalar { IsNull: true } => "",
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
        var type = parameter.Text("Type") ?? "String";
        var isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);
        if (allowed.Count > 0 && (isList ? value.Split(',', StringSplitOptions.TrimEntries) : [value]).Any(v => !allowed.Any(a => IsSame(a, v, type))))
            Wrong($"allowed is {string.Join(", ", allowed)}");
        if (parameter.Text("AllowedPattern") is { } pattern && !Matches(value, pattern, parameter, diagnostics))
            Wrong($"it must match {pattern}");
        if (type == "List<Number>" && value.Split(',', StringSplitOptions.TrimEntries).Any(v => !double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            Wrong("it must be numbers with commas between them");
        if (type == "Number" && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            Wrong("it must be a number");
        if (value.Length < parameter.Integer("MinLength", 0, int.MaxValue) || value.Length > parameter.Integer("MaxLength", 0, int.MaxValue))
            Wrong("its length is out of bounds");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (number < Bound(parameter, "MinValue") || number > Bound(parameter, "MaxValue")))
            Wrong("it is out of bounds");
    }

    private static bool IsSame(string allowed, string value, string type) =>
        allowed == value
        || (type.Contains("Number", StringComparison.Ordinal)
            && double.TryParse(allowed, NumberStyles.Float, CultureInfo.InvariantCulture, out var one)
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var other)
            && one.Equals(other));

    // What looks ahead or back needs backtracking; then a time limit stands for the bound.
    private static Regex Expression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternPatience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternPatience);
        }
    }

    private static bool Matches(string value, string pattern, MappingReader parameter, DiagnosticBag diagnostics)
    {
        try
        {
            return Expression($"^(?:{pattern})$").IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            diagnostics.Error(DiagnosticCodes.YamlLimit, $"{parameter.Subject}: the pattern {pattern} takes too long", parameter.Mapping["AllowedPattern"]);
            return true;
        }
        catch (ArgumentException)
        {
            // Java's patterns know what .NET's do not; AWS has checked this one.
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{parameter.Subject}: the pattern {pattern} is not understood and not checked", parameter.Mapping["AllowedPattern"]);
            return true;
        }
    }

    private static double? Bound(MappingReader parameter, string key) =>
        double.TryParse(parameter.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;
}
