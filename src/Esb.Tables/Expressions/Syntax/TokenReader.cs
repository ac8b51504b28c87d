using System.Text;
using Esb.Tables.Errors;

namespace Esb.Tables.Expressions.Syntax;

/// <summary>The tokens of one expression, and the position of its parser.</summary>
internal sealed class TokenReader
{
    private const int MostBytes = 4096;

    private const int MostOperators = 300;

    private readonly string parameter;

    private readonly string text;

    private readonly List<Token> tokens;

    private int operators;

    /// <summary>Creates a reader that starts at the first token.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="parameter">The parameter that contains the expression.</param>
    /// <exception cref="TableException">The expression is empty or too long.</exception>
    public TokenReader(string text, string parameter)
    {
        this.parameter = parameter;
        this.text = text;
        if (string.IsNullOrWhiteSpace(text))
            throw Invalid("The expression can not be empty;");
        var size = Encoding.UTF8.GetByteCount(text);
        if (size > MostBytes)
            throw Invalid($"Expression size has exceeded the maximum allowed size; expression size: {size}");
        tokens = Lexer.Tokens(text);
    }

    /// <summary>The number of tokens before <see cref="Current"/>.</summary>
    public int Position { get; private set; }

    /// <summary>The token at the parser's position.</summary>
    public Token Current => tokens[Position];

    /// <summary>The token after <see cref="Current"/>, or the end token if there is none.</summary>
    public Token Following => tokens[Math.Min(Position + 1, tokens.Count - 1)];

    /// <summary>Takes the current token.</summary>
    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
            Position++;
        return token;
    }

    /// <summary>Takes a symbol if it is the current token.</summary>
    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes a keyword if it is the current token.</summary>
    public bool TryTakeWord(string keyword)
    {
        if (!Current.IsWord(keyword))
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes a symbol that must be the current token.</summary>
    public void Require(string symbol)
    {
        if (!TryTake(symbol))
            throw Unexpected();
    }

    /// <summary>Requires that no tokens are left.</summary>
    public void RequireEnd()
    {
        if (Current.Kind != TokenKind.End)
            throw Unexpected();
    }

    /// <summary>Counts an operator or a function.</summary>
    public void CountOperator()
    {
        if (++operators > MostOperators)
            throw Invalid($"The expression contains too many operators; operator count: {operators}");
    }

    /// <summary>Creates the error for a current token that is not allowed at its position.</summary>
    public TableException Unexpected()
    {
        var from = Position == 0 ? 0 : tokens[Position - 1].Start;
        var to = Following.Kind == TokenKind.End ? text.Length : Following.End;
        var token = Current.Kind == TokenKind.End ? "<EOF>" : Current.Text;
        return Invalid($"Syntax error; token: \"{token}\", near: \"{text[from..to]}\"");
    }

    /// <summary>Creates an error about the expression.</summary>
    public TableException Invalid(string problem) => TableException.Validation($"Invalid {parameter}: {problem}");
}
