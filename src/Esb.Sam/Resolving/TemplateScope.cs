using Esb.Sam.Values;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>The names of one template: parameters, pseudo parameters, mappings, conditions, resources.</summary>
internal sealed class TemplateScope
{
    public const string AccountId = "000000000000";

    private readonly Dictionary<string, YamlNode> _values;

    public TemplateScope(YamlMapping template, StackContext context)
    {
        Context = context;
        Mappings = Section(template, "Mappings");
        _values = new Dictionary<string, YamlNode>(StringComparer.Ordinal)
        {
            ["AWS::NotificationARNs"] = new YamlSequence([]),
        };
        Parameters = Section(template, "Parameters");
        foreach (var (name, value) in Pseudo(context))
            _values[name] = new YamlScalar(value);
        foreach (var (name, value) in ParameterValues.Read(Parameters, context))
            _values[name] = value;
        Conditions = Section(template, "Conditions");
        Resources = Section(template, "Resources");
        Globals = Section(template, "Globals");
        HasExtensions = TransformNames.In(template).Contains(TransformNames.Extensions);
    }

    private TemplateScope(TemplateScope before, YamlMapping template)
    {
        Context = before.Context;
        Mappings = before.Mappings;
        Parameters = before.Parameters;
        _values = before._values;
        HasExtensions = before.HasExtensions;
        Conditions = Section(template, "Conditions");
        Resources = Section(template, "Resources");
        Globals = Section(template, "Globals");
    }

    public StackContext Context { get; }

    public YamlMapping Mappings { get; }

    private YamlMapping Parameters { get; }

    public YamlMapping Conditions { get; }

    public YamlMapping Resources { get; }

    public YamlMapping Globals { get; }

    /// <summary>Whether the template has the functions and loops of <c>AWS::LanguageExtensions</c>.</summary>
    public bool HasExtensions { get; }

    public string Region => Context.Options.Region;

    public GivenValues Given => Context.Options.Values;

    /// <summary>The names that <c>Ref</c> may have, for suggestions.</summary>
    public IEnumerable<string> Names => _values.Keys.Concat(Resources.Entries.Select(e => e.Key.Value));

    /// <summary>
    /// Returns a scope with the same parameters and mappings, and with sections whose loops are expanded.
    /// </summary>
    public TemplateScope WithSections(YamlMapping template) => new(this, template);

    /// <summary>The value of a parameter or pseudo parameter.</summary>
    public YamlNode? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>The values of all parameters of a type.</summary>
    public IEnumerable<YamlNode> OfType(string type) =>
        Parameters.Entries.Where(e => e.Value is YamlMapping parameter
            && parameter["Type"] is YamlScalar given
            && given.Value == type
            && _values.ContainsKey(e.Key.Value)).Select(e => _values[e.Key.Value]);

    /// <summary>
    /// Whether the value of a parameter must not be shown: the parameter has <c>NoEcho</c>, or a nested application was
    /// given a secret.
    /// </summary>
    public bool IsSecret(string parameter, YamlNode value) =>
        ParameterValues.IsSecret(Parameters[parameter])
            || (value is YamlScalar text && Context.Diagnostics.Concealed.Contains(text.Value));

    /// <summary>The type of a resource; empty when it has none.</summary>
    public string TypeOf(string logicalId) =>
        Resources[logicalId] is YamlMapping resource && resource["Type"] is YamlScalar type ? type.Value : "";

    public string Arn(string service, string rest) => $"arn:aws:{service}:{Region}:{AccountId}:{rest}";

    private static YamlMapping Section(YamlMapping template, string name) =>
        template[name] as YamlMapping ?? YamlMapping.Empty;

    private static IEnumerable<(string, string)> Pseudo(StackContext context) =>
    [
        ("AWS::AccountId", AccountId),
        ("AWS::Partition", "aws"),
        ("AWS::Region", context.Options.Region),
        ("AWS::StackId", $"arn:aws:cloudformation:{context.Options.Region}:{AccountId}:stack/{context.StackName}/esb"),
        ("AWS::StackName", context.StackName),
        ("AWS::URLSuffix", "amazonaws.com"),
    ];
}
