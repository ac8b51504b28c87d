using Esb.Schema.Diagnostics;
using SharpYaml;
using SharpYaml.Events;

namespace Esb.Schema.Yaml;

/// <summary>One document, from the parser's events to the tree.</summary>
public static partial class YamlReader
{
    private sealed class Document(
        IParser parser,
        string file,
        DiagnosticBag diagnostics,
        bool mergeKeys,
        bool refusesMergeKeys)
    {
        private readonly Dictionary<string, (YamlNode Node, int Nodes, int Characters)> _anchors = new(
            StringComparer.Ordinal);
        private int _nodes;
        private int _characters;
        private int _errors;

        public YamlNode? Read()
        {
            var errorsBefore = diagnostics.Count(d => d.Severity == Severity.Error);
            Next();
            if (parser.Current is StreamStart)
                Next();
            if (parser.Current is StreamEnd or null)
                return new YamlMapping([], new Place(file, 1, 1));
            Next();
            var root = Node();
            while (parser.Current is DocumentEnd)
                Next();
            if (parser.Current is DocumentStart second)
                diagnostics.Add(new Diagnostic(
                    Severity.Error,
                    DiagnosticCodes.YamlSyntax,
                    "a second document starts here, but only one is read",
                    file,
                    second.Start.Line + 1,
                    second.Start.Column + 1));
            if (diagnostics.Count(d => d.Severity == Severity.Error) > errorsBefore)
                return null;
            return root is YamlScalar { IsNull: true } ? new YamlMapping([], root.Place) : root;
        }

        private void Next() => parser.MoveNext();

        private YamlNode Node()
        {
            var current = parser.Current!;
            var place = new Place(file, current.Start.Line + 1, current.Start.Column + 1);
            if (++_nodes > MaxNodes)
                throw new LimitException($"the document has more than {MaxNodes} nodes", place);
            if (current is AnchorAlias alias)
                return Alias(alias, place);

            var before = (Nodes: _nodes, Characters: _characters);
            var anchor = (current as NodeEvent)?.Anchor;
            YamlNode node = current switch
            {
                Scalar scalar => Leaf(scalar, place),
                SequenceStart start => Sequence(start, place),
                MappingStart start => Mapping(start, place),
                _ => throw new InvalidOperationException(
                    $"The YAML parser gave {current.GetType().Name} where a node belongs."),
            };
            if (anchor is not null)
                _anchors[anchor] = (node, _nodes - before.Nodes + 1, _characters - before.Characters);
            return node;
        }

        private YamlNode Alias(AnchorAlias alias, Place place)
        {
            Next();
            if (!_anchors.TryGetValue(alias.Value, out var target))
            {
                var nothing = new YamlScalar("", plain: true, place);
                Error(
                    DiagnosticCodes.YamlSyntax,
                    $"there is no anchor '&{Shown(alias.Value)}' before this alias",
                    nothing);
                return nothing;
            }

            // The tree shares the node, but a walk over the tree does not: count what a walk would visit.
            _nodes += target.Nodes;
            _characters += target.Characters;
            if (_nodes > MaxNodes)
                throw new LimitException($"the aliases expand to more than {MaxNodes} nodes", place);
            if (_characters > MaxCharacters)
                throw new LimitException($"the aliases expand to more than {MaxCharacters} characters", place);
            return target.Node;
        }

        private YamlScalar Leaf(Scalar scalar, Place place)
        {
            Next();
            _characters += scalar.Value.Length;
            var read = new YamlScalar(
                scalar.Value,
                scalar.Style == ScalarStyle.Plain && scalar.Tag is not (TextTag or NotResolved),
                place,
                OwnTag(scalar.Tag, place));
            // Escapes in quotes can produce characters that no text may contain (YAML 1.2.2, chapter 5.1) and that
            // could not be written again.
            if (Unprintable(read.Value) is { } wrong)
                Error(DiagnosticCodes.YamlSyntax, $"the character U+{(int)wrong:X4} cannot be in a text", read);
            return read;
        }

        private static char? Unprintable(string text)
        {
            for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uFFFF'); i >= 0 && i < text.Length; i++)
            {
                if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    i++;
                else if (char.IsSurrogate(text[i]) || text[i] is '\uFEFF' or '\uFFFE' or '\uFFFF')
                    return text[i];
            }

            return null;
        }

        private YamlSequence Sequence(SequenceStart start, Place place)
        {
            Next();
            List<YamlNode> items = [];
            while (parser.Current is not SequenceEnd)
                items.Add(Node());
            Next();
            return new YamlSequence(items, place, OwnTag(start.Tag, place));
        }

        private YamlMapping Mapping(MappingStart start, Place place)
        {
            Next();
            List<YamlEntry> entries = [];
            HashSet<string>? seen = null;
            while (parser.Current is not MappingEnd)
            {
                var key = Node();
                var value = Node();
                if (key is not YamlScalar text)
                {
                    Error(DiagnosticCodes.WrongKind, $"a key must be text, but is {key.Kind}", key);
                    continue;
                }

                if (refusesMergeKeys && MergeKeys.Is(text))
                    Error(
                        DiagnosticCodes.NotSupported,
                        "'<<' merges nothing in this file",
                        text,
                        "write out what it would merge");
                seen ??= new HashSet<string>(StringComparer.Ordinal);
                if (seen.Add(text.Value))
                    entries.Add(new YamlEntry(text, value));
                else
                    Duplicate(text, entries);
            }

            Next();
            if (mergeKeys)
                entries = MergeKeys.Expand(entries, (message, node) => Error(DiagnosticCodes.WrongKind, message, node));
            return new YamlMapping(entries, place, OwnTag(start.Tag, place));
        }

        private void Duplicate(YamlScalar key, List<YamlEntry> entries)
        {
            var first = entries.First(e => e.Key.Value == key.Value).Key.Place;
            Error(
                DiagnosticCodes.YamlDuplicateKey,
                $"the key '{Shown(key.Value)}' is a duplicate; it first appears on line {first.Line}",
                key);
        }

        private void Error(string code, string message, YamlNode node, string? help = null)
        {
            diagnostics.Error(code, message, node, help);
            if (++_errors == MaxErrors)
                throw new LimitException($"{MaxErrors} errors; what follows is not read", node.Place);
        }

        private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";

        // Explicit core tags (!!str) only give the kind of a node; local tags (!Sub) have a meaning. Any other tag
        // requires something that is not supported.
        private string? OwnTag(string? tag, Place place)
        {
            if (tag is null or NotResolved || (tag.StartsWith(CorePrefix, StringComparison.Ordinal)
                && CoreTags.Contains(tag[CorePrefix.Length..])))
                return null;
            if (tag is ['!', _, ..] && tag.AsSpan(1).IndexOfAnyExcept(TagCharacters) < 0)
                return tag;
            Error(DiagnosticCodes.NotSupported, $"the tag '{Shown(tag)}' is unknown", new YamlScalar("", place: place));
            return null;
        }
    }
}
