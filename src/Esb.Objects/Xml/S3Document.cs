using System.Globalization;
using System.Text;
using System.Xml;

namespace Esb.Objects.Xml;

/// <summary>
/// Writes the XML of answers. Keys may contain characters that XML 1.0 forbids; like S3, the store writes them as
/// character references.
/// </summary>
internal static class S3Document
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
        // Line ends in keys must not be changed.
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static byte[] Write(string root, Action<XmlWriter> content) => Write(root, Namespace, content);

    /// <summary>A document without S3's namespace.</summary>
    public static byte[] WriteBare(string root, Action<XmlWriter> content) => Write(root, "", content);

    public static byte[] WriteError(Action<XmlWriter> content) => WriteBare("Error", content);

    public static void Element(this XmlWriter writer, string name, string? value)
    {
        if (value is null)
            return;
        writer.WriteStartElement(name);
        writer.WriteString(value);
        writer.WriteEndElement();
    }

    public static void Element(this XmlWriter writer, string name, long value) =>
        writer.Element(name, value.ToString(CultureInfo.InvariantCulture));

    public static void Element(this XmlWriter writer, string name, bool value) =>
        writer.Element(name, value ? "true" : "false");

    public static void Element(this XmlWriter writer, string name, DateTimeOffset value) =>
        writer.Element(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public static void Nest(this XmlWriter writer, string name, Action content)
    {
        writer.WriteStartElement(name);
        content();
        writer.WriteEndElement();
    }

    public static void Owner(this XmlWriter writer, string element = "Owner") => writer.Nest(element, () =>
    {
        writer.Element("ID", "esb");
        writer.Element("DisplayName", "esb");
    });

    private static byte[] Write(string root, string xmlNamespace, Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            writer.WriteStartElement(root, xmlNamespace);
            content(writer);
            writer.WriteEndElement();
        }

        return buffer.ToArray();
    }
}
