using System.Buffers;
using Esb.Schema.Diagnostics;
using SharpYaml;
using SharpYaml.Events;

namespace Esb.Schema.Yaml;

/// <summary>
/// Text to tree, for YAML and JSON (which is YAML). Together with <see cref="YamlTextWriter"/> the only place that names the YAML
/// library. Bounded: depth, number of nodes and what aliases expand to.
/// </summary>
public static class YamlReader
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most nodes a document may have, aliases counted as often as they are used.</summary>
    public const int MaxNodes = 4_000_000;

    /// <summary>The most characters a document may have, those of aliases counted as often as they are used.</summary>
    public const int MaxCharacters = 64 * 1024 * 1024;

    // What is wrong after that many errors is not worth reading, nor the memory.
    private const int MaxErrors = 100;

    /// <summary>
    /// Reads one document. An empty text is an empty mapping.
    /// </summary>
    /// <param name="text">The document.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="mergeKeys">Whether <c>&lt;&lt;</c> merges, as templates have it; otherwise it is a key like any other.</param>
    /// <param name="refusesMergeKeys">Whether <c>&lt;&lt;</c> is an error: what it would merge, a guard perhaps, would not be read.</param>
    /// <returns>The tree, or null when the text is not a document; then <paramref name="diagnostics"/> has an error.</returns>
    public static YamlNode? Read(string text, string file, DiagnosticBag diagnostics, bool mergeKeys = false, bool refusesMergeKeys = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (text.Length > MaxCharacters)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlLimit, $"the document has more than {MaxCharacters} characters", file, 1, 1));
            return null;
        }

        IParser? parser = null;
        try
        {
            parser = Parser.CreateParser(new StringReader(text), MaxDepth);
            return new Document(parser, file, diagnostics, mergeKeys, refusesMergeKeys).Read();
        }
        catch (YamlException e)
        {
            diagnostics.Add(Syntax(e, file));
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            // SharpYaml 3.17 throws this for an escape such as \uD83D, half of a character.
            var (line, column) = parser?.Current is { } last ? (last.End.Line + 1, last.End.Column + 1) : (1, 1);
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlSyntax, "behind this place an escape in a text stands for no character", file, line, column));
            return null;
        }
        catch (LimitException e)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlLimit, e.Message, file, e.Place.Line, e.Place.Column));
            return null;
        }
    }

    private static Diagnostic Syntax(YamlException e, string file)
    {
        // The library puts "(Lin: …) - (Lin: …): " before its message; the place is said in our own form.
        var message = e.Message;
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        if (colon >= 0)
            message = message[(colon + 3)..];
        var code = message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? DiagnosticCodes.YamlLimit : DiagnosticCodes.YamlSyntax;
        return new Diagnostic(Severity.Error, code, "not valid YAML: " + message.TrimEnd('.'), file, e.Start.Line + 1, e.Start.Column + 1);
    }

    private const string CorePrefix = "tag:yaml.org,2002:";
    private static readonly string[] CoreTags = ["str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge"];
    private const string TextTag = "tag:yaml.org,2002:str";
    private const string NotResolved = "!"; // YAML 1.2.2, chapter 6.9.1: the non-specific tag makes text of a plain scalar

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    private sealed class LimitException(string message, Place place) : Exception(message)
    {
        public Place Place { get; } = place;
    }

    private sealed class Document(IParser parser, string file, DiagnosticBag diagnostics, bool mergeKeys, bool refusesMergeKeys)
    {
        private readonly Dictionary<string, (YamlNode Node, int Nodes, int Characters)> _anchors = new(StringComparer.Ordinal);
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
                diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlSyntax, "a second document starts here, only one is read", file, second.Start.Line + 1, second.Start.Column + 1));
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
                _ => throw new InvalidOperationException($"The YAML parser gave {current.GetType().Name} where a node belongs."),
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
                Error(DiagnosticCodes.YamlSyntax, $"nothing is anchored as '&{Shown(alias.Value)}' before this alias", nothing);
                return nothing;
            }

            // The tree shares the node, but whoever walks it does not: count what a walk would see.
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
            var read = new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag is not (TextTag or NotResolved), place, OwnTag(scalar.Tag, place));
            // Escapes in quotes can make what no text may have (YAML 1.2.2, chapter 5.1), and what could not be written again.
            if (Unprintable(read.Value) is { } wrong)
                Error(DiagnosticCodes.YamlSyntax, $"the character U+{(int)wrong:X4} cannot stand in a text", read);
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
                    Error(DiagnosticCodes.WrongKind, $"a key must be text, this is {key.Kind}", key);
                    continue;
                }

                if (refusesMergeKeys && MergeKeys.Is(text))
                    Error(DiagnosticCodes.NotSupported, "'<<' merges nothing in this file", text, "write out what it would merge");
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
            Error(DiagnosticCodes.YamlDuplicateKey, $"the key '{Shown(key.Value)}' stands here a second time, first on line {first.Line}", key);
        }

        private void Error(string code, string message, YamlNode node, string? help = null)
        {
            diagnostics.Error(code, message, node, help);
            if (++_errors == MaxErrors)
                throw new LimitException($"{MaxErrors} errors, what follows is not read", node.Place);
        }

        private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";

        // Explicit core tags (!!str) only say what kind of node it is; the application's own ones (!Sub) carry meaning. Another one asks
        // for something that nobody here does.
        private string? OwnTag(string? tag, Place place)
        {
            if (tag is null or NotResolved || (tag.StartsWith(CorePrefix, StringComparison.Ordinal) && CoreTags.Contains(tag[CorePrefix.Length..])))
                return null;
            if (tag is ['!', _, ..] && tag.AsSpan(1).IndexOfAnyExcept(TagCharacters) < 0)
                return tag;
            Error(DiagnosticCodes.NotSupported, $"the tag '{Shown(tag)}' is not known", new YamlScalar("", place: place));
            return null;
        }
    }
}
