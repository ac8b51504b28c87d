using System.Text;

namespace Esb.Tables.PartiQl;

/// <summary>Reads the tokens of a statement, one at a time.</summary>
internal sealed class StatementLexer(string text)
{
    private static readonly string[] Pairs = ["<<", ">>", "<=", ">=", "<>", "!="];

    /// <summary>The first token at or after a position.</summary>
    public StatementToken At(int place)
    {
        var start = SkipBlanks(place);
        if (start == text.Length)
            return new StatementToken(StatementTokenKind.End, "", start, start);
        var first = text[start];
        if (first is '\'' or '"')
            return Quoted(start);
        if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
            return Number(start);
        if (IsPart(first))
            return Run(StatementTokenKind.Word, start, IsPart);
        if (Array.Find(Pairs, pair => text.AsSpan(start).StartsWith(pair)) is { } two)
            return new StatementToken(StatementTokenKind.Symbol, two, start, start + 2);
        return "*,.()[]{}=<>+-?:;/".Contains(first, StringComparison.Ordinal)
            ? new StatementToken(StatementTokenKind.Symbol, first.ToString(), start, start + 1)
            : throw StatementErrors.Malformed("");
    }

    /// <summary>The table name without quotes at a position. It can contain hyphens and begin with a digit.</summary>
    public StatementToken NameAt(int place) =>
        Run(StatementTokenKind.Word, SkipBlanks(place), static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private StatementToken Run(StatementTokenKind kind, int start, Func<char, bool> isPart)
    {
        var end = start;
        while (end < text.Length && isPart(text[end]))
            end++;
        return new StatementToken(kind, text[start..end], start, end);
    }

    private int SkipBlanks(int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text.AsSpan(at).StartsWith("--"))
                at = EndOf("\n", at, ifMissing: text.Length);
            else if (text.AsSpan(at).StartsWith("/*"))
                at = EndOf("*/", at + 2, ifMissing: -1);
            else
                break;
        }
        return at;
    }

    private int EndOf(string mark, int from, int ifMissing)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at >= 0 ? at + mark.Length : ifMissing >= 0 ? ifMissing : throw StatementErrors.Malformed("");
    }

    // A quote inside a quoted text is written twice.
    private StatementToken Quoted(int start)
    {
        var quote = text[start];
        var content = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] != quote)
                content.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == quote)
                content.Append(text[at++]);
            else
                return new StatementToken(
                    quote == '"' ? StatementTokenKind.Quoted : StatementTokenKind.Text,
                    content.ToString(),
                    start,
                    at + 1);
        }
        throw StatementErrors.Malformed("");
    }

    private StatementToken Number(int start)
    {
        var at = start;
        void Digits()
        {
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
        }

        Digits();
        if (at < text.Length && text[at] == '.')
        {
            at++;
            Digits();
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var mark = at++;
            if (at < text.Length && text[at] is '+' or '-')
                at++;
            var digits = at;
            Digits();
            at = at > digits ? at : mark;
        }
        return new StatementToken(StatementTokenKind.Number, text[start..at], start, at);
    }
}
