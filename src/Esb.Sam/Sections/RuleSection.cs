using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// <c>Rules</c>: the parameter values that a template forbids. A false assertion is an error, because CloudFormation
/// refuses the stack. Source: CloudFormation User Guide, "CloudFormation template Rules syntax".
/// </summary>
internal sealed class RuleSection(YamlMapping template, Resolver resolver)
{
    private const string Section = "Rules";

    private static readonly string[] Keys = ["RuleCondition", "Assertions"];

    private static readonly string[] KeysOfAssertion = ["Assert", "AssertDescription"];

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;

    public void Check()
    {
        if (template[Section] is not { } section || section is YamlScalar { IsNull: true })
            return;
        if (section is not YamlMapping rules)
        {
            _diagnostics.Error(
                DiagnosticCodes.WrongKind, $"'{Section}' must be a mapping, but is {section.Kind}", section);
            return;
        }

        foreach (var (name, node) in rules.Contains(Includes.Key)
            ? Includes.Merge(resolver, rules).Entries
            : rules.Entries)
        {
            var reader = new MappingReader(
                node as YamlMapping ?? YamlMapping.Empty, $"rule '{name.Value}'", _diagnostics);
            if (!TemplateNames.IsLogicalId(name.Value))
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{name.Value}' is not the name of a rule",
                    name,
                    "allowed: letters and digits");
            else if (node is not YamlMapping rule)
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{reader.Subject} must be a mapping, but is {Told.Kind(node)}", node);
            else if (HasForm(rule, reader))
                Check(name, rule, reader.Subject);
        }
    }

    private bool HasForm(YamlMapping rule, MappingReader reader)
    {
        var before = _diagnostics.Count;
        RefuseOthers(rule, reader.Subject, Keys);
        if (rule["Assertions"] is null or YamlScalar { IsNull: true } or YamlSequence { Items.Count: 0 })
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{reader.Subject}: 'Assertions' is missing",
                rule,
                "for example [{ Assert: !Equals [!Ref Auth, 'on'] }]");
        foreach (var item in reader.List("Assertions"))
        {
            if (item is not YamlMapping assertion)
            {
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{reader.Subject}: an assertion must be a mapping, but is {Told.Kind(item)}",
                    item);
                continue;
            }

            RefuseOthers(assertion, $"{reader.Subject}, Assertions", KeysOfAssertion);
            new MappingReader(assertion, $"{reader.Subject}, Assertions", _diagnostics).Text("AssertDescription");
            if (assertion["Assert"] is null or YamlScalar { IsNull: true })
                _diagnostics.Error(
                    DiagnosticCodes.MissingKey, $"{reader.Subject}, Assertions: 'Assert' is missing", assertion);
        }

        return _diagnostics.Count == before;
    }

    private void RefuseOthers(YamlMapping mapping, string subject, string[] known)
    {
        foreach (var (key, _) in mapping.Entries.Where(e => !known.Contains(e.Key.Value)))
            _diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{subject}: unknown key '{key.Value}'",
                key,
                NearMiss.Help(key.Value, known) ?? $"allowed: {string.Join(" and ", known)}");
    }

    private void Check(YamlScalar name, YamlMapping rule, string subject)
    {
        if (NeedsAccount(rule))
        {
            resolver.Scope.Context.LeaveOut(Section, name.Value, "it depends on what only the AWS account knows", name);
            return;
        }

        resolver.Scope.Context.Receipt.Applied(Section, name.Value, name);
        if (rule["RuleCondition"] is { } condition and not YamlScalar { IsNull: true }
            && !resolver.Holds($"the condition of {subject}", condition))
        {
            if (PseudoOf(condition) is { } decisive)
                resolver.Scope.Context.LeaveOut(
                    Section,
                    name.Value,
                    $"{decisive} differs from AWS, so its condition is false",
                    name);
            return;
        }

        foreach (var assertion in ((YamlSequence)rule["Assertions"]!).Items.Cast<YamlMapping>())
        {
            var errors = Errors();
            if (resolver.Holds($"an assertion of {subject}", assertion["Assert"]!) || Errors() > errors)
                continue;
            if (PseudoOf(assertion["Assert"]!) is { } pseudo)
                resolver.Scope.Context.LeaveOut(
                    Section,
                    name.Value,
                    $"{pseudo} differs from AWS, so an assertion is false",
                    assertion["Assert"]!);
            else
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject} is violated",
                    assertion["Assert"],
                    (assertion["AssertDescription"] as YamlScalar)?.Value is { Length: > 0 } description
                        ? description
                        : "the values of parameters violate it");
        }
    }

    // The first pseudo parameter whose value is different on this machine; null when none is used.
    private static string? PseudoOf(YamlNode node) => node switch
    {
        YamlMapping { Entries: [{ Key.Value: "Ref", Value: YamlScalar name }] } =>
            IsOfMachine(name.Value) ? name.Value : null,
        YamlMapping { Entries: [{ Key.Value: "Fn::Sub", Value: YamlScalar text }] } =>
            Substitution.Variables(text.Value).FirstOrDefault(IsOfMachine),
        YamlMapping mapping => mapping.Entries.Select(e => PseudoOf(e.Value)).FirstOrDefault(p => p is not null),
        YamlSequence list => list.Items.Select(PseudoOf).FirstOrDefault(p => p is not null),
        _ => null,
    };

    // The name of the stack is chosen by a person, here as on AWS.
    private static bool IsOfMachine(string name) =>
        name.StartsWith("AWS::", StringComparison.Ordinal) && name is not ("AWS::StackName" or "AWS::NoValue");

    private int Errors() => _diagnostics.Count(d => d.Severity == Severity.Error);

    private static bool NeedsAccount(YamlNode node) => node switch
    {
        YamlMapping mapping =>
            mapping.Entries.Any(e => RuleFunctions.NeedAccount(e.Key.Value) || NeedsAccount(e.Value)),
        YamlSequence list => list.Items.Any(NeedsAccount),
        _ => false,
    };
}
