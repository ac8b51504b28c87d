using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>The tokens and parameters of one statement, and the position of its parser.</summary>
internal sealed class StatementReader(string text, IReadOnlyList<AttributeValue> parameters)
{
    private const int MostLevels = 150;

    private static readonly HashSet<string> Operators = new(
        ["AND", "OR", "IS", "IN", "LIKE", "BETWEEN"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Keywords = new(
        """
        SELECT FROM WHERE SET REMOVE INSERT INTO VALUE VALUES UPDATE DELETE NOT ORDER BY RETURNING INNER OUTER LEFT
        RIGHT FULL JOIN CROSS ON AS GROUP HAVING UNION CASE WHEN THEN ELSE END CREATE DROP
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    private readonly StatementLexer lexer = new(text);

    private StatementToken? current;

    private int place;

    private int used;

    private int levels;

    /// <summary>The token at the parser's position.</summary>
    public StatementToken Current => current ??= lexer.At(place);

    /// <summary>The token after <see cref="Current"/>.</summary>
    public StatementToken Following => lexer.At(Current.End);

    /// <summary>Whether nothing is left except an optional semicolon.</summary>
    public bool IsAtEnd => Current.Kind == StatementTokenKind.End
        || (Current.Is(";") && Following.Kind == StatementTokenKind.End);

    /// <summary>Whether the current token is a keyword, which cannot be a name.</summary>
    public bool IsAtKeyword => Current.Kind == StatementTokenKind.Word
        && (Keywords.Contains(Current.Text) || Operators.Contains(Current.Text));

    /// <summary>Takes the current token.</summary>
    public StatementToken Take()
    {
        var token = Current;
        MoveTo(token.End);
        return token;
    }

    /// <summary>Takes a symbol if it is the current token.</summary>
    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a keyword if it is the current token.</summary>
    public bool TryTakeWord(string keyword)
    {
        if (!Current.IsWord(keyword))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a symbol that must be the current token.</summary>
    public void Require(string symbol)
    {
        if (!TryTake(symbol))
            throw Unexpected();
    }

    /// <summary>Takes a keyword that must be the current token.</summary>
    public void RequireWord(string keyword)
    {
        if (!TryTakeWord(keyword))
            throw Unexpected();
    }

    /// <summary>Takes the name of a table or an index that is not in quotes.</summary>
    public string TakePlainName()
    {
        var name = lexer.NameAt(place);
        if (name.Text.Length == 0)
            throw Unexpected();
        MoveTo(name.End);
        return name.Text;
    }

    /// <summary>Takes the next parameter.</summary>
    public AttributeValue NextParameter() =>
        used < parameters.Count ? parameters[used++] : throw StatementErrors.WrongParameters();

    /// <summary>
    /// The text from a position to the end of the set that was parsed last, with the blanks around its items
    /// normalized.
    /// </summary>
    public string ItemsFrom(int start)
    {
        var end = text.LastIndexOf(">>", place - 1, StringComparison.Ordinal);
        return string.Join(", ", text[start..end].Split(',', StringSplitOptions.TrimEntries));
    }

    /// <summary>Requires that the statement has ended and has used all parameters.</summary>
    public void RequireEnd()
    {
        if (!IsAtEnd)
            throw StatementErrors.Malformed(StatementErrors.Leftover);
        if (used != parameters.Count)
            throw StatementErrors.WrongParameters();
    }

    /// <summary>Runs the parser of a part that can be nested, and fails if the nesting is too deep.</summary>
    public T Within<T>(Func<T> parse)
    {
        if (++levels > MostLevels)
            throw StatementErrors.Malformed("");
        var parsed = parse();
        levels--;
        return parsed;
    }

    /// <summary>Creates the error for a current token that is not allowed at its position.</summary>
    public TableException Unexpected() => StatementErrors.Malformed(
        Current.Kind != StatementTokenKind.Word ? StatementErrors.UnexpectedTerm
        : Operators.Contains(Current.Text) ? StatementErrors.UnexpectedOperator
        : StatementErrors.UnexpectedKeyword);

    /// <summary>The position of a token as messages show it: line, column and length.</summary>
    public string PlaceOf(StatementToken token)
    {
        var before = text.AsSpan(0, token.Start);
        return $"{before.Count('\n') + 1}:{token.Start - before.LastIndexOf('\n')}:{token.End - token.Start}";
    }

    private void MoveTo(int to)
    {
        place = to;
        current = null;
    }
}
