using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// Changes the text of a document, so that everything unchanged stays as people wrote it: comments, quotes, order and
/// form. It supports block style with one key or item on a line; for anything else it gives up, and the document is
/// written again.
/// </summary>
/// <remarks>
/// The end of an entry is found line by line, which can go wrong with block text or anchors. The result is therefore
/// only a proposal: the caller must parse it and compare.
/// </remarks>
internal sealed class DocumentEdit
{
    private readonly string _text;
    private readonly List<int> _starts = [0];
    private readonly List<(int From, int To, string Text)> _edits = [];

    private DocumentEdit(string text)
    {
        _text = text;
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
            _starts.Add(i + 1);
        if (_starts[^1] < text.Length)
            _starts.Add(text.Length);
    }

    private int LineCount => _starts.Count - 1;

    /// <param name="text">The current text of the document.</param>
    /// <param name="before">
    /// The document that was read from it; unchanged parts of <paramref name="after"/> are the same nodes.
    /// </param>
    /// <param name="after">The document to write.</param>
    /// <returns>Null when the text cannot be changed in this way.</returns>
    public static string? Apply(string text, YamlMapping before, YamlMapping after)
    {
        var edit = new DocumentEdit(text);
        return text.EndsWith('\n') && edit.Mapping(before, after, edit.LineCount) ? edit.Result() : null;
    }

    /// <param name="before">A mapping with one entry on a line.</param>
    /// <param name="after">
    /// The same entries in the same order, some with other values and some missing, and new ones at the end.
    /// </param>
    /// <param name="end">The line after the last one, including comments.</param>
    private bool Mapping(YamlMapping before, YamlMapping after, int end)
    {
        if (before.Entries.Count == 0 || before.Tag != after.Tag)
            return false;
        var column = before.Entries[0].Key.Place.Column;
        var kept = 0;
        for (var i = 0; i < before.Entries.Count; i++)
        {
            var (key, value) = before.Entries[i];
            YamlEntry? now =
                kept < after.Entries.Count && after.Entries[kept].Key.Value == key.Value ? after.Entries[kept++] : null;
            if (ReferenceEquals(value, now?.Value))
                continue;
            var next = i + 1 < before.Entries.Count ? before.Entries[i + 1].Key.Place.Line - 1 : end;
            if (!StandsAlone(key.Place, column, dash: false))
                return false;
            if (now is null)
                _edits.Add((key.Place.Line - 1, ContentEnd(key.Place.Line - 1, next), ""));
            else if (!Entry(key, value, now.Value, next))
                return false;
        }

        // A mapping that has lost all its entries is written again as an empty one.
        if (kept == after.Entries.Count || kept == 0)
            return kept > 0;
        var added = new YamlMapping([.. after.Entries.Skip(kept)]);
        return StandsAlone(before.Entries[^1].Key.Place, column, dash: false)
            && Insert(ContentEnd(before.Entries[^1].Key.Place.Line - 1, end), column, added);
    }

    // Values in block style are edited in the same way; anything else is replaced as a whole.
    private bool Entry(YamlScalar key, YamlNode before, YamlEntry after, int end)
    {
        var line = key.Place.Line - 1;
        if (before.Place.Line > key.Place.Line)
        {
            var mark = _edits.Count;
            if (before is YamlMapping mapping && after.Value is YamlMapping merged && Mapping(mapping, merged, end))
                return true;
            if (before is YamlSequence list && after.Value is YamlSequence items && Sequence(list, items, end))
                return true;
            _edits.RemoveRange(mark, _edits.Count - mark);
        }

        return Replace(
            line, ContentEnd(line, end), key.Place.Column, new YamlMapping([new YamlEntry(key, after.Value)]));
    }

    private bool Sequence(YamlSequence before, YamlSequence after, int end)
    {
        if (before.Items.Count == 0 || before.Tag != after.Tag)
            return false;
        var column = before.Items[0].Place.Column;
        var kept = 0;
        for (var i = 0; i < before.Items.Count; i++)
        {
            if (kept < after.Items.Count && ReferenceEquals(before.Items[i], after.Items[kept]))
            {
                kept++;
                continue;
            }

            var line = before.Items[i].Place.Line - 1;
            var next = i + 1 < before.Items.Count ? before.Items[i + 1].Place.Line - 1 : end;
            if (!StandsAlone(before.Items[i].Place, column, dash: true))
                return false;
            _edits.Add((line, ContentEnd(line, next), ""));
        }

        if (kept == after.Items.Count)
            return kept > 0;
        var last = before.Items[^1].Place;
        return StandsAlone(last, column, dash: true)
            && Insert(ContentEnd(last.Line - 1, end), DashColumn(last), new YamlSequence([.. after.Items.Skip(kept)]));
    }

    private bool Insert(int line, int column, YamlNode node) => Replace(line, line, column, node);

    private bool Replace(int from, int to, int column, YamlNode node)
    {
        var indent = new string(' ', column - 1);
        var text = new StringBuilder();
        foreach (var line in YamlTextWriter.Write(node).TrimEnd('\n').Split('\n'))
            text.Append(indent).Append(line).Append('\n');
        _edits.Add((from, to, text.ToString()));
        return true;
    }

    // Whether only blanks and, for an item, its dash precede the place on its line.
    private bool StandsAlone(Place place, int column, bool dash)
    {
        if (place.Line < 1 || place.Line > LineCount || place.Column != column)
            return false;
        var start = _starts[place.Line - 1];
        if (start + column - 1 > _text.Length)
            return false;
        var before = _text.AsSpan(start, column - 1).TrimStart(' ');
        return dash ? before.TrimEnd(' ') is "-" : before.IsEmpty;
    }

    private int DashColumn(Place item) => _text.IndexOf('-', _starts[item.Line - 1]) - _starts[item.Line - 1] + 1;

    // Comments and empty lines above the next entry belong to the next entry.
    private int ContentEnd(int from, int end)
    {
        while (end > from + 1 && _text.AsSpan(_starts[end - 1].._starts[end]).Trim() is [] or ['#', ..])
            end--;
        return end;
    }

    private string Result()
    {
        var result = new StringBuilder(_text.Length + 1024);
        var at = 0;
        foreach (var (from, to, text) in _edits.OrderBy(e => e.From).ThenBy(e => e.To))
        {
            result.Append(_text, _starts[at], _starts[from] - _starts[at]).Append(text);
            at = to;
        }

        return result.Append(_text, _starts[at], _text.Length - _starts[at]).ToString();
    }
}
