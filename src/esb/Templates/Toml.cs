using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Esb.Cli.Templates;

/// <summary>
/// Reads TOML into the tree of YAML, so that <c>samconfig.toml</c> and <c>samconfig.yaml</c> are handled alike.
/// </summary>
internal static class Toml
{
    /// <summary>Reads a text; null, with an error, when it is not TOML.</summary>
    public static YamlMapping? Read(string text, string file, DiagnosticBag diagnostics)
    {
        try
        {
            var document = SyntaxParser.Parse(text, file, validate: true);
            if (document.Diagnostics.FirstOrDefault(d => d.Kind == DiagnosticMessageKind.Error) is { } error)
                throw Invalid(error.Message, error.Span.Start);
            return Mapping(document, file);
        }
        catch (TomlException e)
        {
            diagnostics.Add(Problem(e.Message, new Place(file, 1, 1)));
        }
        catch (InvalidToml e)
        {
            diagnostics.Add(Problem(e.Message, new Place(file, e.Line, e.Column)));
        }

        return null;
    }

    private static YamlMapping Mapping(DocumentSyntax document, string file)
    {
        var root = new Table(new Place(file, 1, 1));
        Add(root, document.KeyValues, file);
        foreach (var header in document.Tables)
        {
            if (header is TableArraySyntax)
                throw Invalid(
                    "a list of tables, [[…]], means nothing here; write [ENVIRONMENT.COMMAND.parameters]",
                    header.Span.Start);
            Add(root.Below(Path(header.Name!), PlaceOf(header, file)), header.Items, file);
        }

        return root.ToMapping();
    }

    private static void Add(Table table, IEnumerable<KeyValueSyntax> items, string file)
    {
        foreach (var item in items)
        {
            var path = Path(item.Key!);
            var place = PlaceOf(item, file);
            table.Below([.. path.SkipLast(1)], place).Entries[path[^1]] = (place, Value(item.Value!, file));
        }
    }

    private static YamlNode Value(ValueSyntax value, string file) => value switch
    {
        StringValueSyntax text => new YamlScalar(text.Value ?? "", place: PlaceOf(value, file)),
        ArraySyntax list => new YamlSequence([.. list.Items.Select(i => Value(i.Value!, file))], PlaceOf(value, file)),
        InlineTableSyntax inline => Inline(inline, file),
        // A number or boolean as written; a date is text.
        _ => new YamlScalar(value.ToString().Trim(), plain: value is not DateTimeValueSyntax, PlaceOf(value, file)),
    };

    private static YamlMapping Inline(InlineTableSyntax inline, string file)
    {
        var table = new Table(PlaceOf(inline, file));
        Add(table, inline.Items.Select(i => i.KeyValue!), file);
        return table.ToMapping();
    }

    private static List<string> Path(KeySyntax key) => [Name(key.Key!), .. key.DotKeys.Select(k => Name(k.Key!))];

    private static string Name(BareKeyOrStringValueSyntax key) =>
        key is StringValueSyntax text ? text.Value ?? "" : ((BareKeySyntax)key).Key?.Text ?? "";

    private static Place PlaceOf(SyntaxNode node, string file) =>
        new(file, node.Span.Start.Line + 1, node.Span.Start.Column + 1);

    private static Diagnostic Problem(string message, Place place) => new(
        Severity.Error,
        DiagnosticCodes.TomlSyntax,
        $"not valid TOML: {WithoutValue(message)}",
        place.File,
        place.Line,
        place.Column);

    // For a duplicate key the library shows the first value, which may be a secret.
    private static string WithoutValue(string message) =>
        message.IndexOf(" with `", StringComparison.Ordinal) is > 0 and var at
            ? $"{message[..at]} and cannot be redefined"
            : message;

    private static InvalidToml Invalid(string message, TextPosition at) => new(message, at.Line + 1, at.Column + 1);

    private sealed class InvalidToml(string message, int line, int column) : Exception(message)
    {
        public int Line { get; } = line;

        public int Column { get; } = column;
    }

    // Tables may be opened in any order and continued by dotted keys; duplicates were refused before.
    private sealed class Table(Place place)
    {
        public OrderedDictionary<string, (Place Place, object Value)> Entries { get; } = new(StringComparer.Ordinal);

        public Table Below(IReadOnlyList<string> path, Place at)
        {
            var table = this;
            foreach (var step in path)
            {
                if (!table.Entries.TryGetValue(step, out var there))
                    table.Entries[step] = there = (at, new Table(at));
                table = (Table)there.Value;
            }

            return table;
        }

        public YamlMapping ToMapping() => new(
            [.. Entries.Select(e => new YamlEntry(new YamlScalar(e.Key, place: e.Value.Place), Node(e.Value.Value)))],
            place);

        private static YamlNode Node(object value) => value as YamlNode ?? ((Table)value).ToMapping();
    }
}
