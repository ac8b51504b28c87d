using System.Globalization;
using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Templates;

/// <summary>
/// As much of TOML 1.0 as <c>samconfig.toml</c> has: tables, dotted and quoted keys, strings, numbers, truth values, arrays, inline
/// tables. The result is the tree that YAML gives too.
/// </summary>
internal sealed class Toml
{
    private const int MaxDepth = 32;

    private readonly string _text;
    private readonly string _file;
    private int _at;
    private int _line = 1;
    private int _depth;

    private Toml(string text, string file)
    {
        _text = text.ReplaceLineEndings("\n");
        _file = file;
    }

    /// <summary>Null, with an error, when the text is not TOML.</summary>
    public static YamlMapping? Read(string text, string file, DiagnosticBag diagnostics)
    {
        var toml = new Toml(text, file);
        try
        {
            return toml.Document();
        }
        catch (FormatException e)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlSyntax, $"not valid TOML: {e.Message}", file, toml._line, 1));
            return null;
        }
    }

    private YamlMapping Document()
    {
        var root = new TomlTable(new Place(_file, 1, 1));
        var table = root;
        while (SkipBlank())
        {
            var place = new Place(_file, _line, 1);
            if (Peek() == '[')
            {
                if (Take('[') && Peek() == '[')
                    throw new FormatException("a list of tables, [[…]], means nothing here; write [ENVIRONMENT.COMMAND.parameters]");
                var path = Key();
                Expect(']');
                table = root.Open(path, place);
            }
            else
            {
                var key = Key();
                Expect('=');
                table.Add(key, Value(), place);
            }

            EndOfLine();
        }

        return root.ToMapping();
    }

    private List<string> Key()
    {
        List<string> parts = [];
        do
        {
            SkipSpaces();
            parts.Add(Peek() is '"' or '\'' ? Text() : Word());
            SkipSpaces();
        }
        while (Peek() == '.' && Take('.'));
        return parts.Count <= MaxDepth ? parts : throw new FormatException("tables are nested too deep");
    }

    private string Word()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '-' or '_')
            _at++;
        return _at > start ? _text[start.._at] : throw new FormatException("a key is missing");
    }

    private YamlNode Value()
    {
        if (++_depth > MaxDepth)
            throw new FormatException("values are nested too deep");
        SkipSpaces();
        var place = new Place(_file, _line, 1);
        YamlNode value = Peek() switch
        {
            '"' or '\'' => new YamlScalar(Text(), place: place),
            '[' => new YamlSequence(Items(']', Value), place),
            '{' => Inline(place),
            _ => Bare(place),
        };
        _depth--;
        return value;
    }

    private YamlMapping Inline(Place place)
    {
        var table = new TomlTable(place);
        Items('}', () =>
        {
            var key = Key();
            Expect('=');
            table.Add(key, Value(), place);
            return key;
        });
        return table.ToMapping();
    }

    private List<T> Items<T>(char end, Func<T> item)
    {
        List<T> items = [];
        _at++;
        while (SkipBlank() && Peek() != end)
        {
            items.Add(item());
            SkipBlank();
            if (Peek() == ',')
                _at++;
            else if (Peek() != end)
                throw new FormatException($"'{end}' is missing");
        }

        Expect(end);
        return items;
    }

    private YamlScalar Bare(Place place)
    {
        var start = _at;
        while (_at < _text.Length && Peek() is not (',' or ']' or '}' or '#' or '\n' or ' ' or '\t'))
            _at++;
        var word = _text[start.._at];
        if (word is "true" or "false" || double.TryParse(word.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return new YamlScalar(word, plain: true, place);
        return word.Length > 0 && char.IsAsciiDigit(word[0]) ? new YamlScalar(word, place: place) : throw new FormatException($"'{word}' is no value; text stands in quotes");
    }

    private string Text()
    {
        var quote = Peek();
        var isLong = string.CompareOrdinal(_text, _at, new string(quote, 3), 0, 3) == 0;
        var end = isLong ? new string(quote, 3) : quote.ToString();
        _at += end.Length;
        if (isLong && Peek() == '\n')
            Next();
        var text = new StringBuilder();
        while (string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0)
        {
            if (_at >= _text.Length || (!isLong && Peek() == '\n'))
                throw new FormatException("a quote is missing");
            text.Append(quote == '"' && Peek() == '\\' ? Escape() : Next().ToString());
        }

        _at += end.Length;
        return text.ToString();
    }

    private string Escape()
    {
        _at++;
        var letter = _at < _text.Length ? Next() : throw new FormatException("a quote is missing");
        switch (letter)
        {
            case 'n' or 't' or 'r' or 'b' or 'f' or '"' or '\\':
                return letter switch { 'n' => "\n", 't' => "\t", 'r' => "\r", 'b' => "\b", 'f' => "\f", _ => letter.ToString() };
            case 'u' or 'U':
                var length = letter == 'u' ? 4 : 8;
                if (_at + length > _text.Length || !Rune.TryCreate(int.TryParse(_text.AsSpan(_at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : -1, out var rune))
                    throw new FormatException("an escape is not a character");
                _at += length;
                return rune.ToString();
            case '\n':
                while (Peek() is ' ' or '\t' or '\n')
                    Next();
                return "";
            default:
                throw new FormatException($"'\\{letter}' is not an escape");
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private char Next()
    {
        if (_text[_at] == '\n')
            _line++;
        return _text[_at++];
    }

    private bool Take(char c) => _text[_at++] == c;

    private void Expect(char c)
    {
        SkipSpaces();
        if (Peek() != c)
            throw new FormatException($"'{c}' is missing");
        _at++;
    }

    private void SkipSpaces()
    {
        while (Peek() is ' ' or '\t')
            _at++;
    }

    private bool SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (Peek() is ' ' or '\t' or '\n')
                Next();
            else if (Peek() == '#')
                _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length;
            else
                return true;
        }

        return false;
    }

    private void EndOfLine()
    {
        SkipSpaces();
        if (Peek() is not ('\n' or '#' or '\0'))
            throw new FormatException("more stands on the line than belongs there");
    }
}
