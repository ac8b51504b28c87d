namespace Esb.Tables.Expressions.Syntax;

/// <summary>The kinds of tokens of an expression.</summary>
internal enum TokenKind
{
    /// <summary>A word: the name of an attribute, a function or a keyword.</summary>
    Word,

    /// <summary>A placeholder for a name, such as <c>#a</c>.</summary>
    Name,

    /// <summary>A placeholder for a value, such as <c>:a</c>.</summary>
    Value,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>An operator, a parenthesis, or a character that expressions cannot contain.</summary>
    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Text">The text of the token.</param>
/// <param name="Start">The position at which the token begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    /// <summary>The position after the token.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether the token is the given symbol.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Whether the token is the given keyword, in upper or lower case.</summary>
    public bool IsWord(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
