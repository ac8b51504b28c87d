namespace Esb.Tables.Expressions.Syntax;

/// <summary>The kinds of tokens of an expression.</summary>
internal enum TokenKind
{
    /// <summary>A word: a name of an attribute, a function or a keyword.</summary>
    Word,

    /// <summary>A placeholder of a name, e.g. <c>#a</c>.</summary>
    Name,

    /// <summary>A placeholder of a value, e.g. <c>:a</c>.</summary>
    Value,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>An operator, a parenthesis, or a character that no expression may have.</summary>
    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text.</param>
/// <param name="Start">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    /// <summary>Where the text goes on behind it.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is a symbol.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Whether it is a keyword, in small or capital letters.</summary>
    public bool IsWord(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
