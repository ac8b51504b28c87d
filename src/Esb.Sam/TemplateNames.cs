using System.Buffers;

namespace Esb.Sam;

/// <summary>The names that CloudFormation accepts in a template.</summary>
internal static class TemplateNames
{
    private const int MaxLogicalIdLength = 255;

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> InType = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@-");

    /// <summary>Letters and digits, 255 at most.</summary>
    public static bool IsLogicalId(string text) =>
        text.Length is > 0 and <= MaxLogicalIdLength && ConsistsOf(text, Alphanumeric);

    /// <summary>Two to four parts, such as <c>AWS::S3::Bucket</c>.</summary>
    public static bool IsType(string text)
    {
        var parts = text.Split("::");
        return parts.Length is >= 2 and <= 4
            && ConsistsOf(parts[0], Alphanumeric)
            && parts.Skip(1).All(part => ConsistsOf(part, InType));
    }

    private static bool ConsistsOf(string text, SearchValues<char> of) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(of);
}
