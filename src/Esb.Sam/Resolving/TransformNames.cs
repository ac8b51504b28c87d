using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>The names in <c>Transform</c> of a template.</summary>
internal static class TransformNames
{
    public const string Serverless = "AWS::Serverless-2016-10-31";

    /// <summary>The transform that adds loops, and functions that CloudFormation does not have otherwise.</summary>
    public const string Extensions = "AWS::LanguageExtensions";

    /// <summary>The names: one text, a mapping with a name, or a list of those.</summary>
    public static IEnumerable<string> In(YamlMapping template) => Of(template["Transform"]);

    private static IEnumerable<string> Of(YamlNode? node) => node switch
    {
        YamlScalar { IsNull: false } name => [name.Value],
        YamlSequence list => list.Items.SelectMany(Of),
        YamlMapping call when call["Name"] is YamlScalar name => [name.Value],
        _ => [],
    };
}
