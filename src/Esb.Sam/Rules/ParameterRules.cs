using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>What a parameter of a template may say. Source: CloudFormation User Guide, "CloudFormation template Parameters syntax".</summary>
internal static class ParameterRules
{
    private static readonly ObjectRule Parameter = Of(
        ("Type", new TypeRule()), ("Default", Anything), ("AllowedValues", Texts), ("AllowedPattern", Text), ("ConstraintDescription", Text), ("Description", Text), ("NoEcho", Flag),
        ("MinLength", Whole(0, int.MaxValue)), ("MaxLength", Whole(0, int.MaxValue)), ("MinValue", Text), ("MaxValue", Text));

    public static void Check(YamlScalar name, MappingReader parameter, StackContext context) =>
        Parameter.CheckKeys(parameter, new RuleScope("Parameters", name.Value, context.Receipt, context.Diagnostics));

    // The types of AWS's own resources are many, and grow.
    private sealed record TypeRule : ValueRule
    {
        private static readonly Regex Form =
            new("^(String|Number|CommaDelimitedList|List<(String|Number|AWS::[A-Za-z0-9:]+)>|AWS::[A-Za-z0-9:]+(<.+>)?)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

        public override void Check(MappingReader owner, string key, RuleScope scope)
        {
            if (owner.Text(key) is { } type && !Form.IsMatch(type))
                scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}: '{key}' is '{type}'", owner.Mapping[key], Receipts.NearMiss.Help(type, ["String", "Number", "CommaDelimitedList", "List<Number>"]) ?? "for example String, Number or CommaDelimitedList");
        }
    }
}
