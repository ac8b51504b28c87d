using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// The values of parameters: defaults, overrides and their rules. Source: CloudFormation User Guide, "CloudFormation
/// template Parameters syntax".
/// </summary>
internal static class ParameterValues
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private const string FromSystemsManager = "AWS::SSM::Parameter::Value<";

    public static IEnumerable<(string Name, YamlNode Value)> Read(YamlMapping parameters, StackContext context)
    {
        var (overrides, diagnostics) = (context.Parameters, context.Diagnostics);
        var mayBelongToOthers = context.Options.SharesParameters && context.Applications.Count == 0;
        foreach (var unknown in overrides.Keys.Where(k => !mayBelongToOthers && !parameters.Contains(k)))
        {
            var message = $"the template has no parameter '{unknown}'";
            var help = NearMiss.Help(unknown, parameters.Entries.Select(e => e.Key.Value));
            // CloudFormation refuses unknown parameters of a nested template; those on the command line may be for
            // another template.
            if (context.Applications.Count > 0)
                diagnostics.Error(DiagnosticCodes.UnknownReference, message, parameters, help);
            else
                diagnostics.Warning(DiagnosticCodes.UnknownReference, message, parameters, help);
        }

        foreach (var (name, node) in parameters.Entries)
        {
            if (node is not YamlMapping parameter)
            {
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"parameter '{name.Value}' must be a mapping, but is {node.Kind}",
                    node);
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
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{reader.Subject} has no value",
                    name,
                    $"give one with --parameter-overrides {name.Value}=…, or a Default");
            else
                Check(reader, text, diagnostics);
            yield return (name.Value, Typed(type, text ?? "", parameter));
        }
    }

    /// <summary>Whether the value of a parameter must not be shown.</summary>
    public static bool IsSecret(YamlNode? parameter) => (parameter as YamlMapping)?["NoEcho"] is YamlScalar flag
        && flag.Value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Conceal(string value, DiagnosticBag diagnostics)
    {
        foreach (var text in value.Split(',', StringSplitOptions.TrimEntries).Append(value))
            diagnostics.Concealed.Add(text);
    }

    // The value is the name of a parameter in AWS Systems Manager. A missing value is an error only where it is needed.
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

    private static YamlNode Typed(string type, string text, YamlMapping parameter)
    {
        if (type != "CommaDelimitedList" && !type.StartsWith("List<", StringComparison.Ordinal))
            return new YamlScalar(text, plain: type == "Number", parameter.Place);
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        return new YamlSequence([.. items.Select(i => new YamlScalar(i, place: parameter.Place))], parameter.Place);
    }

    private static void Check(MappingReader parameter, string value, DiagnosticBag diagnostics)
    {
        void Wrong(string rule) => diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{parameter.Subject} is '{value}'",
            parameter.Mapping,
            parameter.Text("ConstraintDescription") ?? rule);
        var allowed = parameter.TextList("AllowedValues");
        var type = parameter.Text("Type") ?? "String";
        var isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);
        if (allowed.Count > 0 && (isList ? value.Split(',', StringSplitOptions.TrimEntries) : [value])
            .Any(v => !allowed.Any(a => IsSame(a, v, type))))
            Wrong($"allowed: {string.Join(", ", allowed)}");
        if (parameter.Text("AllowedPattern") is { } pattern && !Matches(value, pattern, parameter, diagnostics))
            Wrong($"it must match {pattern}");
        if (type == "List<Number>" && value.Split(',', StringSplitOptions.TrimEntries)
            .Any(v => !double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            Wrong("it must be numbers separated by commas");
        if (type == "Number" && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            Wrong("it must be a number");
        if (value.Length < parameter.Integer("MinLength", 0, int.MaxValue)
            || value.Length > parameter.Integer("MaxLength", 0, int.MaxValue))
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

    // Lookaheads and lookbehinds need backtracking, which is bounded by a time limit.
    private static Regex Expression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
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
            diagnostics.Error(
                DiagnosticCodes.YamlLimit,
                $"{parameter.Subject}: the pattern {pattern} takes too long",
                parameter.Mapping["AllowedPattern"]);
            return true;
        }
        catch (ArgumentException)
        {
            // Java's regular expressions have features that .NET's lack, and AWS has already checked this one.
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{parameter.Subject}: the pattern {pattern} is not understood, so it is not checked",
                parameter.Mapping["AllowedPattern"]);
            return true;
        }
    }

    private static double? Bound(MappingReader parameter, string key) =>
        double.TryParse(parameter.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound)
            ? bound
            : null;
}
