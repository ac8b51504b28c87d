using Esb.Schema.Diagnostics;

namespace Esb.Sam.Functions;

/// <summary>An <c>AWS::Lambda::Permission</c> that is about the URL of a function and lets everybody in.</summary>
/// <param name="Resource">The permission, as the receipt names it.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Qualifier">The alias whose URL it is about; null: that of the function itself.</param>
/// <param name="Opens">Whether it opens the URL; otherwise it is the second one, of <c>lambda:InvokeFunction</c>, that AWS asks for beside it.</param>
internal sealed record UrlPermission(string Resource, Place Place, string Function, string? Qualifier, bool Opens)
{
    /// <summary>The type of the resource.</summary>
    public const string Type = "AWS::Lambda::Permission";

    /// <summary>Why nobody may call a URL of <c>AWS::Lambda::Url</c>.</summary>
    public const string Missing = "no AWS::Lambda::Permission lets everybody call the URL";
}
