using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Xml;

namespace Esb.Objects.Objects;

/// <summary>The tags of an object: at most ten, in a header in query format or as XML.</summary>
internal static class TagSet
{
    private const int Most = 10;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    public static IReadOnlyDictionary<string, string> FromHeader(string header) =>
        Verified([.. QueryParameters.Parse(header).All]);

    public static IReadOnlyDictionary<string, string> FromXml(ReadOnlyMemory<byte> document)
    {
        var set = XmlElement.Parse(document, "Tagging").All("TagSet").FirstOrDefault()
            ?? throw BodyErrors.MalformedXml("it has no TagSet");
        return Verified([.. set.All("Tag").Select(t => KeyValuePair.Create(
            t.Value("Key") ?? throw BodyErrors.MalformedXml("a Tag has no Key"),
            t.Value("Value") ?? throw BodyErrors.MalformedXml("a Tag has no Value")))]);
    }

    public static byte[] ToXml(
        IReadOnlyDictionary<string, string> tags) => S3Document.Write("Tagging", xml => xml.Nest("TagSet", () =>
    {
        foreach (var (key, value) in tags)
        {
            xml.Nest("Tag", () =>
            {
                xml.Element("Key", key);
                xml.Element("Value", value);
            });
        }
    }));

    private static Dictionary<string, string> Verified(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > Most)
            throw new S3Exception(400, "BadRequest", $"Object tags cannot be greater than {Most}");
        var verified = new Dictionary<string, string>();
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > LongestKey)
                throw new S3Exception(
                    400, "InvalidTag", $"The TagKey you have provided is invalid: 1 to {LongestKey} characters");
            if (value.Length > LongestValue)
                throw new S3Exception(
                    400, "InvalidTag", $"The TagValue you have provided is invalid: up to {LongestValue} characters");
            if (!verified.TryAdd(key, value))
                throw new S3Exception(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
        }

        return verified;
    }
}
