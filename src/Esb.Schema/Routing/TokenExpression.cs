using System.Text.RegularExpressions;

namespace Esb.Schema.Routing;

/// <summary>
/// A regular expression that a token, or its audience, must match completely. Its time grows only linearly with the
/// text, whoever wrote either, because lookaround and backreferences are refused.
/// </summary>
public static class TokenExpression
{
    /// <summary>What is allowed, as help text.</summary>
    public const string Rule = "it must be a regular expression without lookaround or backreferences";

    /// <summary>What is wrong with an expression; null when it can be used.</summary>
    public static string? Problem(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        try
        {
            // First as it was written, for the message.
            _ = new Regex(expression, RegexOptions.NonBacktracking);
            _ = Of(expression);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>The expression for a whole text.</summary>
    public static Regex Of(string expression) => new($@"\A(?:{expression})\z", RegexOptions.NonBacktracking);
}
