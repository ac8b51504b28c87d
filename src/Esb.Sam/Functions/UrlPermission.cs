using Esb.Schema.Diagnostics;

namespace Esb.Sam.Functions;

/// <summary>An <c>AWS::Lambda::Permission</c> that opens the URL of a function to everybody.</summary>
/// <param name="Resource">The permission, as the receipt names it.</param>
/// <param name="Place">The position of the permission.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Qualifier">The alias whose URL it opens; null for the URL of the function itself.</param>
/// <param name="Opens">
/// Whether this permission opens the URL. AWS requires a second one, for <c>lambda:InvokeFunction</c>.
/// </param>
internal sealed record UrlPermission(string Resource, Place Place, string Function, string? Qualifier, bool Opens)
{
    /// <summary>The type of the resource.</summary>
    public const string Type = "AWS::Lambda::Permission";

    /// <summary>The reason why an <c>AWS::Lambda::Url</c> without a permission is closed.</summary>
    public const string Missing = "no AWS::Lambda::Permission lets everybody call the URL";

    /// <summary>The reason why the URL of a SAM function without a permission is closed.</summary>
    public const string Unseen = "its AuthType is a function, and SAM lets everybody call it only if NONE is written";
}
