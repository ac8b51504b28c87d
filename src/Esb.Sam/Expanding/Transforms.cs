using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Expanding;

/// <summary>
/// The <c>Transform</c> that CloudFormation needs before it accepts a template. ESB does not need it, so this is
/// checked with <c>--strict</c> only.
/// </summary>
internal static class Transforms
{
    private const string Serverless = "AWS::Serverless-2016-10-31";
    private const string Extensions = "AWS::LanguageExtensions";

    public static void Check(YamlMapping written, StackContext context)
    {
        if (!context.Options.Strict)
            return;
        var asked = Names(written["Transform"]).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, node) in asked.Contains(Serverless)
            ? []
            : (written["Resources"] as YamlMapping)?.Entries ?? [])
        {
            if (((node as YamlMapping)?["Type"] as YamlScalar)?.Value.StartsWith(
                "AWS::Serverless::", StringComparison.Ordinal) == true)
                context.Diagnostics.Error(
                    DiagnosticCodes.NotSupported,
                    $"{key.Value}: CloudFormation knows its type only with 'Transform: {Serverless}'",
                    key,
                    $"add Transform: {Serverless} at the top, or deploy without --strict");
        }

        foreach (var section in asked.Contains(Extensions)
            ? []
            : written.Entries.Select(e => e.Value).OfType<YamlMapping>())
        {
            foreach (var (key, _) in section.Entries.Where(
                e => e.Key.Value.StartsWith("Fn::ForEach", StringComparison.Ordinal)))
                context.Diagnostics.Error(
                    DiagnosticCodes.NotSupported,
                    $"{key.Value}: CloudFormation knows loops only with 'Transform: {Extensions}'",
                    key,
                    $"add {Extensions} to Transform, or deploy without --strict");
        }
    }

    private static IEnumerable<string> Names(YamlNode? node) => node switch
    {
        YamlScalar name => [name.Value],
        YamlSequence list => list.Items.SelectMany(Names),
        YamlMapping call when call["Name"] is YamlScalar name => [name.Value],
        _ => [],
    };
}
