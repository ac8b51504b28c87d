namespace Esb.Tables.PartiQl;

/// <summary>The kinds of tokens of a statement.</summary>
internal enum StatementTokenKind
{
    /// <summary>A name or a keyword, as it is written.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    Quoted,

    /// <summary>A string in single quotes.</summary>
    Text,

    /// <summary>A number without a sign.</summary>
    Number,

    /// <summary>An operator, a bracket or a question mark.</summary>
    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A token of a statement.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Text">The text of the token, without quotes.</param>
/// <param name="Start">The position at which the token begins.</param>
/// <param name="End">The position after the token.</param>
internal readonly record struct StatementToken(StatementTokenKind Kind, string Text, int Start, int End)
{
    /// <summary>Whether the token is the given symbol.</summary>
    public bool Is(string symbol) => Kind == StatementTokenKind.Symbol && Text == symbol;

    /// <summary>Whether the token is the given keyword, in upper or lower case.</summary>
    public bool IsWord(string keyword) =>
        Kind == StatementTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
