using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Replaces intrinsic functions with their values. This class finds them in the tree and guards against cycles; the
/// functions are in other files, and <c>Resolver.Functions.cs</c> calls them.
/// </summary>
internal sealed partial class Resolver(TemplateScope scope, DiagnosticBag diagnostics)
{
    // Resolving a value that refers to itself through conditions or names of resources would never end.
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _inConditions;
    private bool _inRules;
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private int _secretsUsed;
    private readonly HashSet<YamlNode> _shared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlNode, YamlNode?> _resolved = new(ReferenceEqualityComparer.Instance);

    /// <summary>The maximum number of characters that a function may produce.</summary>
    public const int MaxText = 1_000_000;

    public TemplateScope Scope => scope;

    /// <summary>Which file included which, to find cycles.</summary>
    public IncludedFiles Included { get; } = new();

    /// <summary>The mappings whose includes have been read, so that each error in them is reported once.</summary>
    public Dictionary<YamlMapping, YamlMapping> Merged { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets an output of a nested application by logical id and name; null while loops are expanded.</summary>
    public Func<string, string, YamlNode, string?>? Output { get; set; }

    /// <summary>
    /// Whether only the existence of names is checked and values are not needed. Nothing is then reported about values
    /// that only AWS knows.
    /// </summary>
    public bool IsTrial { get; init; }

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>Makes a resolver for values that nothing else reads. It reports no errors in them.</summary>
    public Resolver Trial() =>
        new(scope, new DiagnosticBag { Concealed = diagnostics.Concealed }) { IsTrial = true, Output = Output };

    /// <summary>
    /// Marks a node that many resources share, such as <c>Globals</c>. Each part of it is resolved only once.
    /// </summary>
    public void Share(YamlNode node)
    {
        if (node is YamlScalar || !_shared.Add(node))
            return;
        foreach (var inner in node is YamlMapping mapping
            ? mapping.Entries.Select(e => e.Value)
            : ((YamlSequence)node).Items)
            Share(inner);
    }

    /// <summary>The value of a node. Null for <c>AWS::NoValue</c>, in which case its owner omits it.</summary>
    public YamlNode? Resolve(YamlNode node)
    {
        if (node is YamlScalar || !_shared.Contains(node))
            return Evaluate(node);
        return _resolved.TryGetValue(node, out var known) ? known : _resolved[node] = Evaluate(node);
    }

    private YamlNode? Evaluate(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries: [var only] } when IsFunction(only.Key.Value):
                return ResultOf(only.Key.Value, only.Value, node);
            case YamlMapping mapping when mapping.Contains(Includes.Key):
                return ResolveEntries(Includes.Merge(this, mapping));
            case YamlMapping mapping:
                return ResolveEntries(mapping);
            case YamlSequence sequence:
                return ResolveItems(sequence);
            case YamlScalar text when text.Value.Contains(DynamicReferences.Mark, StringComparison.Ordinal):
                return DynamicReferences.Resolve(this, text);
            default:
                return node;
        }
    }

    /// <summary>A text that a function produced, limited in length.</summary>
    public YamlScalar Bounded(string text, YamlNode at)
    {
        if (text.Length <= MaxText)
            return new YamlScalar(text, place: at.Place);
        diagnostics.Error(DiagnosticCodes.YamlLimit, $"a function produces more than {MaxText:N0} characters", at);
        return new YamlScalar("", place: at.Place);
    }

    /// <summary>Records a secret that is used, so that no message contains it or anything made from it.</summary>
    public void Conceal(YamlNode secret)
    {
        _secretsUsed++;
        foreach (var text in secret is YamlSequence list
            ? list.Items.OfType<YamlScalar>()
            : secret is YamlScalar one ? [one] : [])
            diagnostics.Concealed.Add(text.Value);
    }

    /// <summary>The physical name of a resource, computed once.</summary>
    public string NameOf(string logicalId, YamlNode at)
    {
        if (!_names.TryGetValue(logicalId, out var name))
            _names[logicalId] = name = ResourceNames.Of(this, logicalId, at);
        return name;
    }

    /// <summary>A text that stands for something that does not exist here. Each is reported once.</summary>
    public string Placeholder(string reference, string what, YamlNode at)
    {
        if (!IsTrial && _unknown.Add(reference))
        {
            var how = $"{what}; '{reference}' is used";
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{reference}: {how}",
                at,
                $"give it in {Values.GivenValues.FileName} as resources: {{{reference}: …}}");
            scope.Context.Receipt.Approximated(reference.Split('.')[0], reference, how, at);
        }

        return reference;
    }

    /// <summary>The value of a node as text; null, with a diagnostic, when it is not text.</summary>
    public string? Text(YamlNode node, string what)
    {
        var resolved = Resolve(node);
        if (resolved is YamlScalar scalar)
            return scalar.Value;
        diagnostics.Error(
            DiagnosticCodes.WrongKind, $"{what} must be text, but is {resolved?.Kind ?? "nothing"}", node);
        return null;
    }

    /// <summary>Whether a condition has been evaluated.</summary>
    public bool HasDecided(string condition) => _conditions.ContainsKey(condition);

    /// <summary>Whether a condition of the template is true.</summary>
    public bool Condition(string name, YamlNode at)
    {
        if (_conditions.TryGetValue(name, out var known))
            return known;
        if (PlainScalars.Find(scope.Conditions, name) is not { } expression)
        {
            var help = NearMiss.Help(name, scope.Conditions.Entries.Select(e => e.Key.Value));
            diagnostics.Error(DiagnosticCodes.UnknownReference, $"there is no condition '{name}'", at, help);
            return false;
        }

        return _conditions[name] = Deciding(
            isRule: false,
            () => Guarded($"condition '{name}'", at, () => Logic.Holds(this, $"the condition '{name}'", expression)));
    }

    /// <summary>Whether a resource is not created, because its condition is false.</summary>
    public bool IsLeftOut(string logicalId) =>
        _inConditions == 0
            && scope.Resources[logicalId] is YamlMapping resource
            && resource["Condition"] is YamlScalar condition
            && PlainScalars.Find(scope.Conditions, condition.Value) is not null
            && !Condition(condition.Value, condition);

    /// <summary>Whether an expression of <c>Rules</c> is true; rules have their own functions.</summary>
    public bool Holds(string subject, YamlNode expression) =>
        Deciding(isRule: true, () => Logic.Holds(this, subject, expression));

    private bool Deciding(bool isRule, Func<bool> decide)
    {
        var before = _inRules;
        _inRules = isRule;
        _inConditions++;
        try
        {
            return decide();
        }
        finally
        {
            _inConditions--;
            _inRules = before;
        }
    }

    /// <summary>Computes something that must not depend on itself.</summary>
    public T? Guarded<T>(string what, YamlNode at, Func<T?> compute)
    {
        if (!_open.Add(what))
        {
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{what} depends on itself", at);
            return default;
        }

        try
        {
            return compute();
        }
        finally
        {
            _open.Remove(what);
        }
    }

    // Most of a template contains no functions, and nodes that do not change are not copied.
    private YamlMapping ResolveEntries(YamlMapping mapping)
    {
        List<YamlEntry>? changed = null;
        List<string>? omitted = null;
        for (var i = 0; i < mapping.Span.Length; i++)
        {
            var (key, value) = mapping.Span[i];
            var resolved = Resolve(value);
            if (changed is null && ReferenceEquals(resolved, value))
                continue;
            changed ??= [.. mapping.Span[..i]];
            if (resolved is not null)
                changed.Add(new YamlEntry(key, resolved));
            else
                (omitted ??= []).Add(key.Value);
        }

        var left = changed is null ? mapping : new YamlMapping(changed, mapping.Place);
        if (omitted is not null)
            scope.Context.Omitted.UnionWith(omitted.Select(key => (left, key)));
        return left;
    }

    private YamlSequence ResolveItems(YamlSequence sequence)
    {
        List<YamlNode>? changed = null;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var resolved = Resolve(sequence.Items[i]);
            if (changed is null && ReferenceEquals(resolved, sequence.Items[i]))
                continue;
            changed ??= [.. sequence.Items.Take(i)];
            if (resolved is not null)
                changed.Add(resolved);
        }

        return changed is null ? sequence : new YamlSequence(changed, sequence.Place);
    }
}
