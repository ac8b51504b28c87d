using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>Reads the <c>Events</c> of a function; a kind that is not served causes a warning.</summary>
internal sealed class EventReader(StackContext context)
{
    public IEnumerable<FunctionEvent> Read(TemplateResource function)
    {
        foreach (var (name, node) in Entries(function))
        {
            var subject = $"{function.LogicalId}, event '{name.Value}'";
            if (node is not YamlMapping item)
            {
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{function.LogicalId}: event '{name.Value}' must be a mapping, but is {node.Kind}",
                    node);
                continue;
            }

            if (!TemplateNames.IsLogicalId(name.Value))
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{function.LogicalId}: '{name.Value}' is not the name of an event",
                    name,
                    "allowed: letters and digits, because SAM builds logical ids from it");
            var reader = new MappingReader(item, subject, context.Diagnostics);
            CheckKeys(function, name, item);
            var properties = new MappingReader(
                reader.Nested("Properties")?.Mapping ?? new YamlMapping([], item.Place), subject, context.Diagnostics);
            switch (reader.RequiredText("Type", "for example Type: HttpApi"))
            {
                case { } kind when EventRules.ByKind.TryGetValue(kind, out var rule):
                    var scope = new RuleScope(
                        function.LogicalId, $"Events.{name.Value}", context.Receipt, context.Diagnostics);
                    rule.CheckKeys(properties, scope);
                    context.Receipt.Applied(function.LogicalId, $"Events.{name.Value}", name);
                    yield return new FunctionEvent(name, kind, properties, item);
                    break;
                case { } other:
                    NotServed(function, name, other, item);
                    break;
            }
        }
    }

    // SAM reads two keys and ignores all others. A key that is probably a misspelling of one of them, or a guard, is an
    // error.
    private void CheckKeys(TemplateResource function, YamlScalar name, YamlMapping item)
    {
        foreach (var (key, _) in item.Entries.Where(e => e.Key.Value is not ("Type" or "Properties")))
        {
            var help = NearMiss.Help(key.Value, ["Type", "Properties"]) ?? (GuardWords.IsGuard(key.Value)
                ? "what it was meant to guard would be open: write it below Properties"
                : null);
            if (help is not null)
                context.Diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{function.LogicalId}, event '{name.Value}': unknown property '{key.Value}'",
                    key,
                    help);
            else
                context.LeaveOut(
                    function.LogicalId,
                    $"Events.{name.Value}.{key.Value}",
                    "SAM reads only Type and Properties there",
                    key,
                    "write it below Properties");
        }
    }

    private IReadOnlyList<YamlEntry> Entries(TemplateResource function)
    {
        switch (function.Properties["Events"])
        {
            case YamlMapping events:
                return events.Entries;
            case null or YamlScalar { IsNull: true }:
                return [];
            case var other:
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{function.LogicalId}: 'Events' must be a mapping, but is {other.Kind}",
                    other);
                return [];
        }
    }

    private void NotServed(TemplateResource function, YamlScalar name, string kind, YamlMapping item)
    {
        if (!EventKinds.All.Contains(kind))
        {
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{function.LogicalId}, event '{name.Value}': '{kind}' is not a kind of event",
                item["Type"],
                NearMiss.Help(kind, EventKinds.All) ?? "for example HttpApi");
            return;
        }

        context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{function.LogicalId}, event '{name.Value}': events of type '{kind}' are not served",
            name);
        context.Receipt.Ignored(
            function.LogicalId, $"Events.{name.Value}", $"events of type {kind} are not served", name);
    }
}
