namespace Esb.Schema.Http;

/// <summary>
/// Whether the end of a request is unambiguous. A proxy in front may see another end if a message with
/// Transfer-Encoding also has a length, is HTTP/1.0, or names anything but a single <c>chunked</c>. Source: RFC 9112,
/// 6.1 and 6.3.
/// </summary>
public static class TransferCodings
{
    /// <summary>
    /// The name to which Kestrel moves the Content-Length of a request that also has Transfer-Encoding.
    /// </summary>
    public const string MovedLength = "X-Content-Length";

    private const string Chunked = "chunked";

    /// <summary>True for a request that must be refused and whose connection must be closed.</summary>
    /// <param name="codings">The values of the header, one for each line.</param>
    /// <param name="hasLength">Whether it also has a Content-Length.</param>
    /// <param name="isHttp10">Whether it is HTTP/1.0, which has no Transfer-Encoding.</param>
    public static bool AreAmbiguous(IReadOnlyList<string?> codings, bool hasLength, bool isHttp10)
    {
        ArgumentNullException.ThrowIfNull(codings);
        if (codings.Count == 0)
            return false;
        return codings.Count > 1 || hasLength || isHttp10 || !Chunked.Equals(
            codings[0], StringComparison.OrdinalIgnoreCase);
    }
}
