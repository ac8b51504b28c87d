using System.Text.RegularExpressions;

namespace Esb.Schema.Routing;

/// <summary>
/// An expression that a token, or its audience, must match as a whole. It takes time that grows with the text only, whoever wrote it and whoever
/// sends the text: look-around and back references are refused.
/// </summary>
public static class TokenExpression
{
    /// <summary>What may be written, for help.</summary>
    public const string Rule = "it must be a regular expression without look-around and back references";

    /// <summary>What is wrong with an expression; null when it can be used.</summary>
    public static string? Problem(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        try
        {
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
