using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>The rules for the top level of a template.</summary>
internal static class TemplateSections
{
    private const int MaxDescriptionBytes = 1024;
    private const string Include = "AWS::Include";

    private static readonly string[] Known =
    [
        "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Globals", "Parameters", "Mappings",
        "Conditions", "Rules", "Hooks", "Resources", "Outputs",
    ];

    private static readonly (string Section, string Why)[] WithoutEffect =
    [
        ("Hooks", "a deploy calls no hooks"),
    ];

    public static void Check(YamlMapping template, StackContext context)
    {
        var diagnostics = context.Diagnostics;
        foreach (var (section, value) in template.Entries)
        {
            if (!Known.Contains(section.Value))
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"unknown section '{section.Value}'",
                    section,
                    NearMiss.Help(section.Value, Known));
            else if (value is YamlScalar { IsNull: true })
                context.Receipt.Ignored(section.Value, section.Value, NullValues.Reason, section);
            else if (section.Value is "Globals" or "Parameters" or "Mappings" or "Conditions" or "Resources"
                or "Outputs" or "Metadata"
                && value is not YamlMapping and not YamlScalar { IsNull: true })
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"'{section.Value}' must be a mapping, but is {value.Kind}", value);
        }

        foreach (var (section, why) in WithoutEffect.Where(s => template.Contains(s.Section)))
            context.Receipt.Ignored(section, section, why, template.KeyNode(section)!);
        if (template["AWSTemplateFormatVersion"] is { } version and not YamlScalar { Value: "2010-09-09" })
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"'AWSTemplateFormatVersion' is {(version is YamlScalar text ? $"'{text.Value}'" : version.Kind)}",
                version,
                "the only version is '2010-09-09'");
        Told.CheckDescription(template, "the template", MaxDescriptionBytes, diagnostics);
        MappingSection.Check(template, diagnostics);
        if (template["Resources"] is not YamlMapping { Entries.Count: > 0 })
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                "the template has no Resources",
                template,
                "add at least one resource, for example of Type AWS::Serverless::Function");
        foreach (var name in TransformNames.In(template)
            .Where(t => t is not (TransformNames.Serverless or TransformNames.Extensions)))
        {
            // The included file may control access to what the template opens.
            if (name == Include)
            {
                diagnostics.Error(
                    DiagnosticCodes.NotSupported,
                    $"the transform '{name}' cannot be at the top level here",
                    template["Transform"],
                    "write Fn::Transform in the section that the file belongs to");
                continue;
            }

            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"the transform '{name}' is left out here",
                template["Transform"],
                "it runs on AWS only");
            context.Receipt.Ignored("Transform", name, "it runs on AWS only", template.KeyNode("Transform")!);
        }

        if (template["Transform"] is { } transform && !IsTransform(transform))
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                "'Transform' must be the name of a macro, a mapping with its Name, or a list of those",
                transform,
                "for example AWS::Serverless-2016-10-31");
    }

    private static bool IsTransform(YamlNode node) => node switch
    {
        YamlScalar text => text.IsNull || (!text.IsNumber && text.AsBoolean is null),
        YamlSequence list => list.Items.All(i => i is not YamlSequence && IsTransform(i)),
        YamlMapping call => call["Name"] is YamlScalar { IsNull: false },
        _ => false,
    };
}
