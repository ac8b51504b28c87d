using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// Checks that the names in an expression exist and that its functions are well-formed. Values are not needed, because
/// only AWS knows many of them.
/// </summary>
internal sealed class NamedParts(Resolver resolver)
{
    private static readonly Dictionary<string, (int Least, int Most)> Lengths = new(StringComparer.Ordinal)
    {
        ["Fn::If"] = (3, 3),
        ["Fn::Join"] = (2, 2),
        ["Fn::Select"] = (2, 2),
        ["Fn::Split"] = (2, 2),
        ["Fn::FindInMap"] = (3, 4),
        ["Fn::Cidr"] = (2, 3),
    };

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;
    private bool _isChosen = true;

    public void Check(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries: [{ Key.Value: var function, Value: var argument }] } when function == "Ref"
                || function.StartsWith("Fn::", StringComparison.Ordinal):
                Function(function, argument, node);
                break;
            case YamlMapping mapping:
                foreach (var (_, value) in mapping.Entries)
                    Check(value);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    Check(item);
                break;
        }
    }

    private void Function(string function, YamlNode argument, YamlNode whole)
    {
        if (!Resolver.IsServed(function))
            _diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"{function} is not a function that can be used here",
                whole,
                NearMiss.Help(function, Resolver.Functions));
        else if (Lengths.TryGetValue(function, out var length)
            && !(argument is YamlSequence list && list.Items.Count >= length.Least && list.Items.Count <= length.Most))
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{function} needs a list of "
                    + $"{(length.Least == length.Most ? $"{length.Least}" : $"{length.Least} or {length.Most}")} items",
                argument);
        else
            Names(function, argument);
    }

    private void Names(string function, YamlNode argument)
    {
        switch (function, argument)
        {
            case ("Ref", YamlScalar name):
                Named(name.Value, name);
                break;
            case ("Fn::GetAtt", YamlSequence { Items: [YamlScalar name, ..] items }):
                Named(name.Value, name);
                if (items is [_, YamlScalar attribute])
                    References.NoteUnknown(resolver, name.Value, attribute.Value, attribute);
                break;
            case ("Fn::GetAtt", YamlScalar name):
                Named(name.Value.Split('.')[0], name);
                break;
            case ("Fn::Sub", YamlScalar text):
                Variables(text, YamlMapping.Empty);
                break;
            case ("Fn::Sub", YamlSequence { Items: [YamlScalar text, YamlMapping own] }):
                Variables(text, own);
                Check(own);
                break;
            case ("Fn::If", YamlSequence { Items: [YamlScalar condition, ..] } parts):
                Branches(parts, resolver.Condition(condition.Value, condition) ? 1 : 2);
                break;
            // With AWS::LanguageExtensions, a function may return the name.
            case ("Fn::GetAtt", YamlSequence { Items: { Count: 2 or 3 } parts }):
                foreach (var part in parts)
                    Check(part);
                Computed(parts[0]);
                break;
            case ("Ref", YamlMapping):
                Check(argument);
                Computed(argument);
                break;
            case ("Ref" or "Fn::GetAtt" or "Fn::Sub" or "Fn::If", _) when argument is not YamlMapping:
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{function} has {Told.Kind(argument)} as its argument", argument);
                break;
            default:
                Check(argument);
                break;
        }
    }

    // The branch that the condition does not choose must be well-formed too, but may name resources that are not
    // created.
    private void Branches(YamlSequence parts, int chosen)
    {
        var before = _isChosen;
        for (var i = 1; i < parts.Items.Count; i++)
        {
            _isChosen = before && i == chosen;
            Check(parts.Items[i]);
        }

        _isChosen = before;
    }

    // An error in the computation of a name has been reported already.
    private void Computed(YamlNode node)
    {
        var errors = _diagnostics.Count;
        if (resolver.Text(node, "the name of a resource") is { } name && _diagnostics.Count == errors)
            Named(name, node);
    }

    private void Variables(YamlScalar text, YamlMapping own)
    {
        foreach (var name in Substitution.Variables(text.Value).Where(n => !own.Contains(n)))
        {
            Named(name, text);
            if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
                References.NoteUnknown(resolver, name[..dot], name[(dot + 1)..], text);
        }
    }

    private void Named(string name, YamlNode at)
    {
        var scope = resolver.Scope;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var isThere = name == "AWS::NoValue"
            || scope.Value(name) is not null
            || GeneratedResources.Exists(resolver, dot > 0 ? name[..dot] : name)
            || scope.Given.Resource(name) is not null;
        if (!isThere)
            _diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"there is no parameter or resource '{name}'",
                at,
                NearMiss.Help(name, scope.Names));
        else if (_isChosen && scope.Value(name) is null && scope.Given.Resource(name) is null)
            References.CheckCreated(resolver, dot > 0 ? name[..dot] : name, at);
    }
}
