namespace Esb.Tables.Expressions.Syntax;

/// <summary>Parses document paths.</summary>
internal static class PathSyntax
{
    /// <summary>Parses a path.</summary>
    /// <param name="reader">The tokens.</param>
    /// <param name="isKeyword">Whether a token is a keyword, which cannot be a name.</param>
    public static PathNode Parse(TokenReader reader, Func<Token, bool> isKeyword)
    {
        var elements = new List<PathElement> { Name(reader, isKeyword) };
        return Continue(reader, elements, isKeyword);
    }

    /// <summary>Parses the rest of a path whose beginning has been read.</summary>
    public static PathNode Continue(TokenReader reader, List<PathElement> elements, Func<Token, bool> isKeyword)
    {
        while (true)
        {
            if (reader.TryTake("."))
            {
                elements.Add(Name(reader, isKeyword));
            }
            else if (reader.TryTake("["))
            {
                if (reader.Current.Kind != TokenKind.Number)
                    throw reader.Unexpected();
                elements.Add(new PathElement(TokenKind.Number, reader.Take().Text));
                reader.Require("]");
            }
            else
            {
                return new PathNode(elements);
            }
        }
    }

    private static PathElement Name(TokenReader reader, Func<Token, bool> isKeyword)
    {
        var token = reader.Current;
        if (token.Kind is not (TokenKind.Word or TokenKind.Name) || isKeyword(token))
            throw reader.Unexpected();
        reader.Take();
        return new PathElement(token.Kind, token.Text);
    }
}
