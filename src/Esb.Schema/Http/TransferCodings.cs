namespace Esb.Schema.Http;

/// <summary>
/// Whether it is beyond doubt where a request ends. Somebody in front of us may see another end than we do where a message with
/// Transfer-Encoding has a length as well, is of HTTP/1.0, or names anything but <c>chunked</c> once. Source: RFC 9112, 6.1 and 6.3.
/// </summary>
public static class TransferCodings
{
    /// <summary>The name to which Kestrel moves the Content-Length of a request that has Transfer-Encoding too.</summary>
    public const string MovedLength = "X-Content-Length";

    private const string Chunked = "chunked";

    /// <summary>True for a request that must be refused and whose connection must be closed.</summary>
    /// <param name="codings">The values of the header, one for each line.</param>
    /// <param name="hasLength">It has a Content-Length too.</param>
    /// <param name="isHttp10">It is of HTTP/1.0, which knows no Transfer-Encoding.</param>
    public static bool AreAmbiguous(IReadOnlyList<string?> codings, bool hasLength, bool isHttp10)
    {
        ArgumentNullException.ThrowIfNull(codings);
        if (codings.Count == 0)
            return false;
        return codings.Count > 1 || hasLength || isHttp10 || !Chunked.Equals(codings[0], StringComparison.OrdinalIgnoreCase);
    }
}
