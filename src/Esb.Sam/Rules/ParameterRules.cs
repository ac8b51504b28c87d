using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// The rules for parameters of a template. Source: CloudFormation User Guide, "CloudFormation template Parameters
/// syntax".
/// </summary>
internal static class ParameterRules
{
    private static readonly ObjectRule Parameter = Of(
        ("Type", new TypeRule()), ("Default", new DefaultRule()), ("AllowedValues", Texts.Between(1, int.MaxValue)),
        ("AllowedPattern", Text), ("ConstraintDescription", Text), ("Description", Sized(0, 4000)), ("NoEcho", Flag),
        ("MinLength", Whole(0, int.MaxValue)), ("MaxLength", Whole(0, int.MaxValue)), ("MinValue", new NumberRule()),
        ("MaxValue", new NumberRule())).Requiring("Type");

    public static void Check(YamlScalar name, MappingReader parameter, StackContext context)
    {
        if (!TemplateNames.IsLogicalId(name.Value))
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"'{name.Value}' is not the name of a parameter",
                name,
                "allowed: letters and digits");
        Parameter.CheckKeys(parameter, new RuleScope("Parameters", name.Value, context.Receipt, context.Diagnostics));
    }

    private sealed record NumberRule : ValueRule
    {
        public override void Check(MappingReader owner, string key, RuleScope scope)
        {
            if (owner.Text(key) is { } text
                && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{owner.Subject}: '{key}' is '{text}'",
                    owner.Mapping[key],
                    "allowed: a number");
        }
    }

    // A list is joined with commas, as in sam.
    private sealed record DefaultRule : ValueRule
    {
        public override void Check(MappingReader owner, string key, RuleScope scope)
        {
            if (owner.Mapping[key] is YamlMapping mapping)
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{owner.Subject}: '{key}' must be text, but is {mapping.Kind}",
                    mapping,
                    "a default is a plain value, not a function");
        }
    }

    // AWS may add types for its own resources.
    private sealed record TypeRule : ValueRule
    {
        private static readonly string[] Plain =
            ["String", "Number", "CommaDelimitedList", "List<Number>", "List<String>"];

        private static readonly HashSet<string> OfAws = new(StringComparer.Ordinal)
        {
            "AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id",
            "AWS::EC2::KeyPair::KeyName", "AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup::Id",
            "AWS::EC2::Subnet::Id", "AWS::EC2::Volume::Id", "AWS::EC2::VPC::Id", "AWS::Route53::HostedZone::Id",
            "AWS::SSM::Parameter::Name",
        };

        private static readonly Regex Form = new(
            @"\A(AWS::SSM::Parameter::Value<)?(List<)?AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+>?>?\z",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

        private static readonly Regex Stored = new(
            @"\AAWS::SSM::Parameter::Value<(.+)>\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

        public override void Check(MappingReader owner, string key, RuleScope scope)
        {
            if (owner.Text(key) is not { } type)
                return;
            var inner = Stored.Match(type) is { Success: true } match ? match.Groups[1].Value : type;
            if (Plain.Contains(inner) || OfAws.Contains(inner) || (inner.StartsWith("List<", StringComparison.Ordinal)
                && inner.EndsWith('>')
                && OfAws.Contains(inner[5..^1])))
                return;
            if (Form.IsMatch(type) && Receipts.NearMiss.Help(inner, OfAws) is null)
                scope.LeaveOut(
                    $"this version does not know the type '{type}' and does not check it", owner.Mapping[key]!);
            else
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{owner.Subject}: '{key}' is '{type}'",
                    owner.Mapping[key],
                    Receipts.NearMiss.Help(type, Plain)
                        ?? Receipts.NearMiss.Help(inner, OfAws)
                        ?? "for example String, Number or CommaDelimitedList");
        }
    }
}
