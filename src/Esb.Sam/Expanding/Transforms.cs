using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Expanding;

/// <summary>
/// The <c>Transform</c> that CloudFormation needs before it accepts a template. ESB does not need it, so this is
/// checked with <c>--strict</c> only.
/// </summary>
internal static class Transforms
{
    public static void Check(YamlMapping written, StackContext context)
    {
        if (!context.Options.Strict)
            return;
        var asked = TransformNames.In(written).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, node) in asked.Contains(TransformNames.Serverless)
            ? []
            : (written["Resources"] as YamlMapping)?.Entries ?? [])
        {
            if (((node as YamlMapping)?["Type"] as YamlScalar)?.Value.StartsWith(
                "AWS::Serverless::", StringComparison.Ordinal) == true)
                context.Diagnostics.Error(
                    DiagnosticCodes.NotSupported,
                    $"{key.Value}: CloudFormation knows its type only with 'Transform: {TransformNames.Serverless}'",
                    key,
                    $"add Transform: {TransformNames.Serverless} at the top, or deploy without --strict");
        }

        if (!asked.Contains(TransformNames.Extensions))
            new Extensions(context.Diagnostics).CheckTemplate(written);
    }
}
