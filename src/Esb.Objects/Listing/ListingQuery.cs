using System.Buffers.Text;
using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects.Listing;

/// <summary>The parameters of a listing, independent of the version of the operation.</summary>
/// <param name="Prefix">Lists only keys with this prefix; may be empty.</param>
/// <param name="Delimiter">Groups keys into common prefixes; null for none.</param>
/// <param name="After">
/// Lists only keys after this one. If it is a common prefix, that prefix was on an earlier page.
/// </param>
/// <param name="MaxKeys">The maximum number of keys and common prefixes together.</param>
internal sealed record ListingQuery(string Prefix, string? Delimiter, string After, int MaxKeys)
{
    private const int LargestPage = 1000;

    public static ListingQuery Version1(QueryParameters query) => From(query, query["marker"] ?? "");

    /// <summary>Reads the parameters of ListObjectVersions.</summary>
    public static ListingQuery Versions(QueryParameters query) => From(query, query["key-marker"] ?? "");

    public static ListingQuery Version2(QueryParameters query) =>
        From(query, query["continuation-token"] is { } token ? ReadToken(token) : query["start-after"] ?? "");

    /// <summary>
    /// The token is the last item of the previous page, encoded so that nobody relies on its content.
    /// </summary>
    public static string Token(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(after));

    private static ListingQuery From(QueryParameters query, string after) => new(
        query["prefix"] ?? "",
        query["delimiter"] is { Length: > 0 } delimiter ? delimiter : null,
        after,
        Math.Min(query.Number("max-keys", LargestPage), LargestPage));

    private static string ReadToken(string token)
    {
        try
        {
            if (token.Length > 0)
                return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            // The request is answered below, like one with an empty token.
        }

        throw S3Errors.InvalidArgument("continuation-token", token, "The continuation token provided is incorrect");
    }
}
