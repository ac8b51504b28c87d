using System.Globalization;
using System.Security.Cryptography;
using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// Ids of versions: the place among the versions of the key in 16 hexadecimal digits, and 16 random ones. A greater
/// place is newer, so names of files are in the order of their versions.
/// </summary>
internal static class VersionId
{
    /// <summary>The version that a key has while its bucket gives no ids to versions.</summary>
    public const string Null = "null";

    private const int PlaceDigits = 16;

    public static string New(long place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place:x16}{RandomNumberGenerator.GetHexString(16, true)}");

    /// <summary>Whether the text may be the id of a version; only such a text becomes a file name.</summary>
    public static bool IsOne(string id) => id == Null || HasPlace(id);

    /// <summary>Whether the text may be the id of a version other than <see cref="Null"/>.</summary>
    public static bool HasPlace(string id) => id.Length == 2 * PlaceDigits && id.All(char.IsAsciiHexDigitLower);

    /// <exception cref="S3Exception">InvalidArgument for what cannot be an id.</exception>
    public static string? Verified(string name, string? id) =>
        id is null || IsOne(id) ? id : throw S3Errors.InvalidArgument(name, id, "Invalid version id specified");

    /// <param name="id">An id for which <see cref="HasPlace"/> is true.</param>
    public static long PlaceOf(string id) =>
        long.Parse(id.AsSpan(0, PlaceDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
