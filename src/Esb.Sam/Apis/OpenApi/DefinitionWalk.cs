using Esb.Host.Text;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Visits every node of a definition once. A key for access control that is not read is an error, because the routes
/// that it is meant to guard would be open. A null under such a key is an error too. Any other null, and every other
/// AWS extension, gets a line in the receipt.
/// </summary>
/// <param name="subject">The name of the API in messages and in the receipt.</param>
/// <param name="context">Receives errors and lines.</param>
internal sealed class DefinitionWalk(string subject, StackContext context)
{
    private const string NoNulls = "CloudFormation accepts no null values";

    private readonly HashSet<(YamlNode Node, DefinitionPlace Place)> _seen = [];
    private YamlMapping _definition = YamlMapping.Empty;

    public void Check(YamlMapping definition)
    {
        _definition = definition;
        Look(definition, new At(DefinitionPlace.Definition, "its definition", ""));
    }

    private void Look(YamlNode node, At at)
    {
        // A node that is used in many places is visited once for each kind of place.
        if (at.Place.IsFree || node is YamlScalar || !_seen.Add((node, at.Place)))
            return;
        if (node is YamlMapping mapping)
        {
            foreach (var (key, value) in mapping.Entries)
                Look(key, value, at);
        }

        for (var i = 0; i < ((node as YamlSequence)?.Items.Count ?? 0); i++)
            Value(((YamlSequence)node).Items[i], ((YamlSequence)node).Items[i], at.Item(i));
    }

    private void Look(YamlScalar key, YamlNode value, At at)
    {
        var below = at.Below(key.Value);
        var isGuard = GuardWords.IsGuard(key.Value);
        if (at.Place.IsName(key.Value, value))
        {
            // A path can refer to a path item anywhere in the definition.
            Value(
                below.Place == DefinitionPlace.Path && value is YamlMapping item
                    ? OpenApiPathItem.Referred(item, _definition).Item
                    : value, key, below);
            return;
        }

        if (isGuard && !at.Place.Read.Contains(key.Value))
        {
            Misplaced(key, at);
            return;
        }

        if (GuardWords.IsGuardingNote(key.Value))
            context.Receipt.Ignored(
                subject,
                at.Path + key.Value,
                "it looks as if it controlled access, but neither API Gateway nor ESB reads it",
                key);
        else if (!at.Place.HasLines && !isGuard && GuardWords.IsOfAws(key.Value) && !at.Place.Served.Contains(
            key.Value))
            context.Receipt.Ignored(subject, at.Path + key.Value, Receipts.Reasons.Managed, key);
        Value(value, key, below);
    }

    private void Value(YamlNode value, YamlNode at, At place)
    {
        if (value is not YamlScalar { IsNull: true })
            Look(value, place);
        else if (place.Place.IsGuard)
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: '{place.Shown}' of its definition is null: {NoNulls}",
                at,
                "complete the guard, or leave it out");
        else if (place.Place == DefinitionPlace.Paths)
            context.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{subject}: 'paths' of its definition must be a mapping, but is {value.Kind}",
                at);
        else if (!place.Place.IsFree)
            context.Receipt.Ignored(subject, place.Shown, NoNulls, at);
    }

    private void Misplaced(YamlScalar key, At at)
    {
        if (at.Place.WithoutEffect is { } reason)
        {
            context.Receipt.Ignored(subject, at.Path + key.Value, reason, key);
            return;
        }

        var near = at.Place.Read.Where(r => EditDistance.IsNear(key.Value, r))
            .MinBy(r => EditDistance.Between(key.Value, r));
        context.Diagnostics.Error(
            DiagnosticCodes.UnknownKey,
            $"{subject}: {at.Name} has no key '{key.Value}'",
            key,
            near is null
                ? "write 'security' in each of its operations, or at the top of the definition"
                : $"did you mean '{near}'?");
    }

    // Name is used in messages; Path is the prefix of a key in the receipt.
    private readonly record struct At(DefinitionPlace Place, string Name, string Path)
    {
        public string Shown => Path.TrimEnd('.');

        public At Below(string key)
        {
            var below = Place.Below(key);
            if (below == DefinitionPlace.Operation)
                return new At(below, $"'{OpenApiPathItem.Name(key, Shown)}'", $"{OpenApiPathItem.Name(key, Shown)}.");
            if (below == DefinitionPlace.Path)
                return new At(below, $"path '{key}'", $"{key}.");
            if (below == DefinitionPlace.Integration)
                return new At(
                    below,
                    Place == DefinitionPlace.Operation ? $"the integration of {Name}" : $"the integration '{key}'",
                    Place == DefinitionPlace.Operation ? Path : $"{Path}{key}.");
            return new At(below, $"'{Path}{key}' of its definition", $"{Path}{key}.");
        }

        public At Item(int number) => new(Place.Item, $"'{Shown}[{number}]' of its definition", $"{Shown}[{number}].");
    }
}
