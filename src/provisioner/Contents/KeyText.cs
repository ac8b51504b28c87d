using System.Net;
using Amazon.S3;

namespace Esb.Provisioner.Contents;

/// <summary>Keys of objects in XML, which cannot contain every character that a key can.</summary>
internal static class KeyText
{
    /// <summary>The key of a listing for which percent-encoding was requested.</summary>
    /// <param name="listed">The text in the listing.</param>
    /// <param name="encoding">What the listing says of its encoding: not every store supports it.</param>
    public static string Decode(string listed, EncodingType? encoding) =>
        encoding == EncodingType.Url ? WebUtility.UrlDecode(listed) : listed;

    /// <summary>Whether every XML parser reads the key as it was written.</summary>
    public static bool FitsXml(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            var isPair = char.IsSurrogatePair(key, i);
            if (!isPair && (char.IsControl(key[i]) || char.IsSurrogate(key[i]) || key[i] is '\uFFFE' or '\uFFFF'))
                return false;
            if (isPair)
                i++;
        }

        return true;
    }
}
