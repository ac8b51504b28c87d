using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// Checks <c>Conditions</c>, including those that are not used. Source: CloudFormation User Guide, "CloudFormation
/// template Conditions syntax".
/// </summary>
internal sealed class ConditionSection(YamlMapping template, Resolver resolver, Resolver trial)
{
    public void Check()
    {
        foreach (var (name, expression) in (template["Conditions"] as YamlMapping)?.Entries ?? [])
        {
            if (!TemplateNames.IsLogicalId(name.Value))
                trial.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{name.Value}' is not the name of a condition",
                    name,
                    "allowed: letters and digits");
            CheckNames(name.Value, expression);
            if (!resolver.HasDecided(name.Value))
                trial.Condition(name.Value, name);
        }
    }

    // Conditions are evaluated before any resource exists.
    private void CheckNames(string condition, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries: [{ Key.Value: "Ref", Value: YamlScalar name }] }
                when resolver.Scope.Value(name.Value) is null && resolver.Scope.Resources.Contains(name.Value):
                trial.Diagnostics.Error(
                    DiagnosticCodes.UnknownReference,
                    $"the condition '{condition}' refers to the resource '{name.Value}'",
                    name,
                    "conditions can use parameters only");
                break;
            case YamlMapping { Entries: [{ Key.Value: "Fn::GetAtt" }] }:
                trial.Diagnostics.Error(
                    DiagnosticCodes.UnknownReference,
                    $"the condition '{condition}' uses an attribute of a resource",
                    node,
                    "conditions can use parameters only");
                break;
            case YamlMapping mapping:
                foreach (var (_, value) in mapping.Entries)
                    CheckNames(condition, value);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    CheckNames(condition, item);
                break;
        }
    }
}
