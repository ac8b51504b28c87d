using System.Text;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Expanding;

/// <summary>
/// Expands <c>Fn::ForEach::Name: [Identifier, collection, fragment]</c>: repeats the fragment for each value and
/// replaces <c>${Identifier}</c> (and <c>&amp;{Identifier}</c>, letters and digits only). Source: CloudFormation User
/// Guide, "Fn::ForEach".
/// </summary>
/// <param name="resolver">Resolves the parameters and mappings of collections.</param>
internal sealed class Loops(Resolver resolver)
{
    /// <summary>The maximum number of nodes that the loops of one template may create.</summary>
    public const int MaxNodes = 500_000;

    private const string Prefix = "Fn::ForEach::";

    private int _made;

    /// <summary>Returns the tree with its loops expanded.</summary>
    public YamlNode Expand(YamlNode node) => node switch
    {
        YamlMapping mapping when mapping.Entries.Any(e => e.Key.Value.StartsWith(Prefix, StringComparison.Ordinal)) =>
            Unroll(mapping),
        YamlMapping mapping =>
            new YamlMapping([.. mapping.Entries.Select(e => e with { Value = Expand(e.Value) })], mapping.Place),
        YamlSequence sequence => new YamlSequence([.. sequence.Items.Select(Expand)], sequence.Place),
        _ => node,
    };

    private YamlMapping Unroll(YamlMapping mapping)
    {
        List<YamlEntry> entries = [];
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var made = entry.Key.Value.StartsWith(Prefix, StringComparison.Ordinal)
                ? Repetitions(entry)
                : [entry with { Value = Expand(entry.Value) }];
            foreach (var one in made)
            {
                if (seen.TryAdd(one.Key.Value, one.Key.Place))
                    entries.Add(one);
                else
                    resolver.Diagnostics.Error(
                        DiagnosticCodes.YamlDuplicateKey,
                        $"{entry.Key.Value} creates '{one.Key.Value}' a second time, "
                            + $"first from line {seen[one.Key.Value].Line}",
                        entry.Key,
                        "the key must contain ${" + "Identifier}");
            }
        }

        return new YamlMapping(entries, mapping.Place);
    }

    private IEnumerable<YamlEntry> Repetitions(YamlEntry loop)
    {
        if (loop.Value is not YamlSequence { Items: [YamlScalar identifier, var collection, YamlMapping fragment] })
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{loop.Key.Value} needs an identifier, a list and a mapping",
                loop.Value,
                "for example [Name, [a, b], {'Topic${Name}': {…}}]");
            yield break;
        }

        if (resolver.Resolve(collection) is not YamlSequence values)
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongKind, $"{loop.Key.Value}: its collection is not a list", collection);
            yield break;
        }

        foreach (var value in values.Items)
        {
            if (value is not YamlScalar text)
            {
                resolver.Diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{loop.Key.Value}: an item of its list is {value.Kind}, not text",
                    value);
                continue;
            }

            if (_made > MaxNodes)
                yield break;
            var repetition = (YamlMapping)Fill(fragment, identifier.Value, text.Value);
            if (_made > MaxNodes)
            {
                resolver.Diagnostics.Error(
                    DiagnosticCodes.YamlLimit,
                    $"the loops of the template create more than {MaxNodes:N0} nodes",
                    loop.Key);
                yield break;
            }

            foreach (var entry in Unroll(repetition).Entries)
                yield return entry;
        }
    }

    private YamlNode Fill(YamlNode node, string identifier, string value)
    {
        if (++_made > MaxNodes)
            return node;
        return node switch
        {
            YamlMapping { Entries: [{ Key.Value: "Ref", Value: YamlScalar name }] } when name.Value == identifier =>
                new YamlScalar(value, place: node.Place),
            YamlMapping mapping => new YamlMapping([.. mapping.Entries.Select(FillEntry)], node.Place),
            YamlSequence sequence =>
                new YamlSequence([.. sequence.Items.Select(i => Fill(i, identifier, value))], node.Place),
            _ => Text((YamlScalar)node, identifier, value),
        };

        YamlEntry FillEntry(YamlEntry entry) =>
            new(Text(entry.Key, identifier, value), Fill(entry.Value, identifier, value));
    }

    private static YamlScalar Text(YamlScalar text, string identifier, string value)
    {
        if (!text.Value.Contains('{', StringComparison.Ordinal))
            return text;
        var filled = text.Value.Replace($"${{{identifier}}}", value, StringComparison.Ordinal)
            .Replace($"&{{{identifier}}}", LettersAndDigits(value), StringComparison.Ordinal);
        return filled == text.Value ? text : new YamlScalar(filled, place: text.Place);
    }

    private static string LettersAndDigits(string value)
    {
        var kept = new StringBuilder(value.Length);
        foreach (var c in value.Where(char.IsAsciiLetterOrDigit))
            kept.Append(c);
        return kept.ToString();
    }
}
