using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Replaces intrinsic functions by what they mean. Each function is a file of its own; this walks the tree, finds them, and guards
/// against circles.
/// </summary>
internal sealed class Resolver(TemplateScope scope, DiagnosticBag diagnostics)
{
    // A value that refers to itself through conditions or names of resources would never end.
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _inConditions;
    private bool _inRules;
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private int _secretsUsed;
    private readonly HashSet<YamlNode> _shared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlNode, YamlNode?> _resolved = new(ReferenceEqualityComparer.Instance);

    /// <summary>The longest text that functions may make, characters.</summary>
    public const int MaxText = 1_000_000;

    public TemplateScope Scope => scope;

    /// <summary>Which file included which, to find circles.</summary>
    public IncludedFiles Included { get; } = new();

    /// <summary>An output of a nested application, by logical id and name; null while loops are unrolled.</summary>
    public Func<string, string, YamlNode, string?>? Output { get; set; }

    /// <summary>Whether values are not needed, only whether what is named is there: then nothing is said about what AWS alone knows.</summary>
    public bool IsTrial { get; init; }

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>One for values that nobody else reads: it says nothing about what is wrong with them.</summary>
    public Resolver Trial() => new(scope, new DiagnosticBag { Concealed = diagnostics.Concealed }) { IsTrial = true, Output = Output };

    /// <summary>Takes note of what many resources will have in common, as <c>Globals</c>: each part of it is resolved for the first of them only.</summary>
    public void Share(YamlNode node)
    {
        if (node is YamlScalar || !_shared.Add(node))
            return;
        foreach (var inner in node is YamlMapping mapping ? mapping.Entries.Select(e => e.Value) : ((YamlSequence)node).Items)
            Share(inner);
    }

    /// <summary>What a node means. Null when it is <c>AWS::NoValue</c>: whoever holds it leaves it out.</summary>
    public YamlNode? Resolve(YamlNode node)
    {
        if (node is YamlScalar || !_shared.Contains(node))
            return Meaning(node);
        return _resolved.TryGetValue(node, out var known) ? known : _resolved[node] = Meaning(node);
    }

    private YamlNode? Meaning(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries: [var only] } when IsFunction(only.Key.Value):
                return Called(only.Key.Value, only.Value, node);
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

    /// <summary>Text that a function made, bounded.</summary>
    public YamlScalar Made(string text, YamlNode at)
    {
        if (text.Length <= MaxText)
            return new YamlScalar(text, place: at.Place);
        diagnostics.Error(DiagnosticCodes.YamlLimit, $"a function makes more than {MaxText:N0} characters", at);
        return new YamlScalar("", place: at.Place);
    }

    /// <summary>Takes note of a secret that is used, so that no message shows it or what is made of it.</summary>
    public void Conceal(YamlNode secret)
    {
        _secretsUsed++;
        foreach (var text in secret is YamlSequence list ? list.Items.OfType<YamlScalar>() : secret is YamlScalar one ? [one] : [])
            diagnostics.Concealed.Add(text.Value);
    }

    /// <summary>The physical name of a resource, computed once.</summary>
    public string NameOf(string logicalId, YamlNode at)
    {
        if (!_names.TryGetValue(logicalId, out var name))
            _names[logicalId] = name = ResourceNames.Of(this, logicalId, at);
        return name;
    }

    /// <summary>A text that stands for what the box does not have; said once for each.</summary>
    public string Placeholder(string reference, string what, YamlNode at)
    {
        if (!IsTrial && _unknown.Add(reference))
        {
            var how = $"{what}; '{reference}' is used";
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{reference}: {how}", at, $"give it in {Values.GivenValues.FileName} as resources: {{{reference}: …}}");
            scope.Context.Receipt.Approximated(reference.Split('.')[0], reference, how, at);
        }

        return reference;
    }

    /// <summary>What a node means as text; null, with a diagnostic, when it is none.</summary>
    public string? Text(YamlNode node, string what)
    {
        var resolved = Resolve(node);
        if (resolved is YamlScalar scalar)
            return scalar.Value;
        diagnostics.Error(DiagnosticCodes.WrongKind, $"{what} must be text, this is {resolved?.Kind ?? "nothing"}", node);
        return null;
    }

    /// <summary>Whether somebody has asked for a condition.</summary>
    public bool HasDecided(string condition) => _conditions.ContainsKey(condition);

    /// <summary>Whether a condition of the template holds.</summary>
    public bool Condition(string name, YamlNode at)
    {
        if (_conditions.TryGetValue(name, out var known))
            return known;
        if (PlainScalars.Find(scope.Conditions, name) is not { } expression)
        {
            diagnostics.Error(DiagnosticCodes.UnknownReference, $"there is no condition '{name}'", at, NearMiss.Help(name, scope.Conditions.Entries.Select(e => e.Key.Value)));
            return false;
        }

        return _conditions[name] = Deciding(isRule: false, () => Guarded($"condition '{name}'", at, () => Logic.Holds(this, $"the condition '{name}'", expression)));
    }

    /// <summary>Whether an expression of <c>Rules</c> holds, which have functions of their own.</summary>
    public bool Holds(string subject, YamlNode expression) => Deciding(isRule: true, () => Logic.Holds(this, subject, expression));

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

    /// <summary>Computes something that must not need itself.</summary>
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

    /// <summary>All that there are.</summary>
    public static readonly string[] Functions =
    [
        "Ref", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Equals", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length", "Fn::Not", "Fn::Or", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform",
    ];

    /// <summary>Whether a key of this name calls a function that is known.</summary>
    public static bool IsServed(string function) => Functions.Contains(function) || function.StartsWith("Fn::ForEach", StringComparison.Ordinal);

    private static bool IsFunction(string key) => key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal);

    // Most of a template is plain: what does not change is not made anew.
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

    // What a function makes may spell a reference that none of its parts did, and hold what one of them keeps secret. The two that choose
    // have resolved what they chose.
    private YamlNode? Called(string function, YamlNode argument, YamlNode whole)
    {
        var secrets = _secretsUsed;
        var made = Call(function, argument, whole);
        if (function is "Fn::If" or Includes.Key || made is null)
            return made;
        made = DynamicReferences.ResolveAll(this, made);
        if (_secretsUsed != secrets && function is "Fn::Base64" or "Fn::Join" or "Fn::Select" or "Fn::Split" or "Fn::Sub" or "Fn::ToJsonString")
            Conceal(made);
        return made;
    }

    private YamlNode? Call(string function, YamlNode argument, YamlNode whole) => function switch
    {
        "Ref" => References.Ref(this, argument),
        "Fn::GetAtt" => References.GetAtt(this, argument),
        "Fn::FindInMap" => References.FindInMap(this, argument),
        "Fn::Sub" => Substitution.Sub(this, argument),
        "Fn::Join" => Texts.Join(this, argument),
        "Fn::Split" => Texts.Split(this, argument),
        "Fn::Select" => Texts.Select(this, argument),
        "Fn::Base64" => Texts.Base64(this, argument),
        "Fn::ToJsonString" => Texts.ToJsonString(this, argument),
        "Fn::Length" => Texts.Length(this, argument),
        "Fn::If" => Logic.If(this, argument),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" when _inConditions == 0 => OnlyInConditions(function, whole),
        "Condition" when _inConditions == 0 && argument is YamlScalar => OnlyInConditions(function, whole),
        "Fn::Equals" => Logic.Equal(this, argument),
        "Fn::And" => Logic.And(this, argument),
        "Fn::Or" => Logic.Or(this, argument),
        "Fn::Cidr" => Networks.Cidr(this, argument),
        "Fn::ImportValue" => DynamicReferences.Import(this, argument),
        Includes.Key => ResolveEntries(Includes.Merge(this, (YamlMapping)whole)),
        "Fn::Not" => Logic.Not(this, argument),
        "Condition" => argument is YamlScalar name ? YamlScalar.Boolean(Condition(name.Value, argument)) : ResolveEntries((YamlMapping)whole),
        "Fn::GetAZs" => new YamlSequence([.. "abc".Select(zone => new YamlScalar(scope.Region + zone, place: whole.Place))], whole.Place),
        _ when _inRules && RuleFunctions.Are(function) => RuleFunctions.Call(this, function, argument),
        _ => NotServed(function, whole),
    };

    private YamlScalar OnlyInConditions(string function, YamlNode whole)
    {
        diagnostics.Error(DiagnosticCodes.WrongKind, $"{function} belongs into Conditions", whole, "name a condition there, and choose by it with Fn::If");
        return new YamlScalar("", place: whole.Place);
    }

    private YamlScalar NotServed(string function, YamlNode whole)
    {
        diagnostics.Error(DiagnosticCodes.NotSupported, $"{function} is not a function that belongs here", whole, NearMiss.Help(function, Functions));
        return new YamlScalar("", place: whole.Place);
    }
}
