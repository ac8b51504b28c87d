using System.Xml;
using Esb.Objects.Checksums;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Objects;

/// <summary>The XML answer about the object or part that a copy has created.</summary>
internal static class CopyAnswer
{
    public static byte[] Write(string root, ObjectMetadata made) => S3Document.Write(root, xml =>
    {
        xml.Element("LastModified", made.LastModified);
        xml.Element("ETag", HeaderText.Quote(made.ETag));
        WriteChecksum(xml, made.Checksum);
    });

    public static void WriteChecksum(XmlWriter xml, Checksum? checksum)
    {
        if (checksum is null)
            return;
        xml.Element(checksum.Algorithm.Element, checksum.Value);
        xml.Element("ChecksumType", checksum.Type);
    }
}
