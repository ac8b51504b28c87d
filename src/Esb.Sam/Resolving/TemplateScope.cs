using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>What names mean in one template: parameters, pseudo parameters, mappings, conditions, resources.</summary>
internal sealed class TemplateScope
{
    public const string AccountId = "000000000000";

    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    public TemplateScope(YamlMapping template, SamOptions options, DiagnosticBag diagnostics)
    {
        Mappings = template["Mappings"] as YamlMapping ?? YamlMapping.Empty;
        Conditions = template["Conditions"] as YamlMapping ?? YamlMapping.Empty;
        Resources = template["Resources"] as YamlMapping ?? YamlMapping.Empty;
        Region = options.Region;
        foreach (var (name, value) in Pseudo(options))
            _values[name] = new YamlScalar(value);
        _values["AWS::NotificationARNs"] = new YamlSequence([]);
        foreach (var (name, value) in ParameterValues.Read(template["Parameters"] as YamlMapping ?? YamlMapping.Empty, options.ParameterOverrides, diagnostics))
            _values[name] = value;
    }

    public YamlMapping Mappings { get; }

    public YamlMapping Conditions { get; }

    public YamlMapping Resources { get; }

    public string Region { get; }

    /// <summary>Names that <c>Ref</c> may have, for near misses.</summary>
    public IEnumerable<string> Names => _values.Keys.Concat(Resources.Entries.Select(e => e.Key.Value));

    /// <summary>A parameter's or pseudo parameter's value.</summary>
    public YamlNode? Value(string name) => _values.GetValueOrDefault(name);

    public string Arn(string service, string rest) => $"arn:aws:{service}:{Region}:{AccountId}:{rest}";

    private static IEnumerable<(string, string)> Pseudo(SamOptions options) =>
    [
        ("AWS::AccountId", AccountId),
        ("AWS::Partition", "aws"),
        ("AWS::Region", options.Region),
        ("AWS::StackId", $"arn:aws:cloudformation:{options.Region}:{AccountId}:stack/{options.StackName}/esb"),
        ("AWS::StackName", options.StackName),
        ("AWS::URLSuffix", "amazonaws.com"),
    ];
}
