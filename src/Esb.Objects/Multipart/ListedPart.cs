using System.Globalization;
using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Multipart;

/// <summary>A part in the list of CompleteMultipartUpload: number, ETag and optional checksums.</summary>
internal sealed record ListedPart(int Number, string ETag, IReadOnlyDictionary<string, string> Checksums)
{
    /// <summary>Reads the list, which must be in ascending order.</summary>
    public static IReadOnlyList<ListedPart> ReadAll(ReadOnlyMemory<byte> document)
    {
        var parts = XmlElement.Parse(document, "CompleteMultipartUpload").All("Part").Select(Read).ToList();
        if (parts.Count == 0)
            throw BodyErrors.MalformedXml("it lists no Part");
        if (parts.Count > PartOperations.LargestNumber)
            throw BodyErrors.MalformedXml($"it lists more than {PartOperations.LargestNumber} parts");
        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i].Number <= parts[i - 1].Number)
                throw S3Errors.InvalidPartOrder();
        }

        return parts;
    }

    /// <summary>Whether the uploaded part matches the listed one.</summary>
    public bool Fits(ObjectMetadata part) =>
        part.ETag == ETag
        && (part.Checksum is not { } checksum
            || Checksums.GetValueOrDefault(checksum.AlgorithmName, checksum.Value) == checksum.Value);

    private static ListedPart Read(XmlElement part)
    {
        var number = part.Value("PartNumber");
        var etag = part.Value("ETag") ?? throw BodyErrors.MalformedXml("a Part has no ETag");
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            throw BodyErrors.MalformedXml("a Part has no PartNumber");
        var checksums = ChecksumAlgorithm.All
            .Select(a => (a.Name, Value: part.Value(a.Element)))
            .Where(c => !string.IsNullOrEmpty(c.Value))
            .ToDictionary(c => c.Name, c => c.Value!);
        return new ListedPart(value, HeaderText.Unquote(etag), checksums);
    }
}
