namespace Esb.Tables.Expressions.Syntax;

/// <summary>Splits an expression into tokens.</summary>
internal static class Lexer
{
    /// <summary>The tokens, of which the last is the end token.</summary>
    public static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
                at++;
            if (at == text.Length)
                break;
            var token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }
        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, int start)
    {
        var first = text[start];
        if (char.IsAsciiLetter(first))
            return Run(TokenKind.Word, text, start, IsPart);
        if (char.IsAsciiDigit(first))
            return Run(TokenKind.Number, text, start, char.IsAsciiDigit);
        if (first is '#' or ':' && start + 1 < text.Length && IsPart(text[start + 1]))
            return Run(first == '#' ? TokenKind.Name : TokenKind.Value, text, start, IsPart);
        var length = text.AsSpan(start) is ['<', '=', ..] or ['<', '>', ..] or ['>', '=', ..] ? 2
            : char.IsHighSurrogate(first) && start + 1 < text.Length ? 2
            : 1;
        return new Token(TokenKind.Symbol, text.Substring(start, length), start);
    }

    private static Token Run(TokenKind kind, string text, int start, Func<char, bool> isPart)
    {
        var end = start + 1;
        while (end < text.Length && isPart(text[end]))
            end++;
        return new Token(kind, text[start..end], start);
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
