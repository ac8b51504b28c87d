using System.Text;
using System.Xml;
using Esb.Objects.Errors;

namespace Esb.Objects.Xml;

/// <summary>
/// The XML of a request as a small tree of local names and text. Namespaces are ignored, because clients send S3's,
/// their own or none. Document types and entities are refused, and depth is limited.
/// </summary>
internal sealed record XmlElement(string Name, string Text, IReadOnlyList<XmlElement> Children)
{
    private const int MaxDepth = 20;

    // A list of 10,000 parts has nine elements for each part, and in memory an element takes many times the four bytes
    // of its text.
    private const int MaxElements = 200_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <exception cref="S3Exception">
    /// MalformedXML when it does not parse or its root is not <paramref name="root"/>.
    /// </exception>
    public static XmlElement Parse(ReadOnlyMemory<byte> document, string root)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray(), writable: false), Settings);
            reader.MoveToContent();
            var left = MaxElements;
            var element = Read(reader, depth: 0, ref left);
            return element.Name == root
                ? element
                : throw BodyErrors.MalformedXml($"the root is {element.Name}, expected {root}");
        }
        catch (XmlException e)
        {
            throw BodyErrors.MalformedXml(e.Message);
        }
    }

    public string? Value(string name) => Children.FirstOrDefault(c => c.Name == name)?.Text;

    public IEnumerable<XmlElement> All(string name) => Children.Where(c => c.Name == name);

    private static XmlElement Read(XmlReader reader, int depth, ref int left)
    {
        if (--left < 0)
            throw BodyErrors.MalformedXml($"it has more than {MaxElements} elements");
        if (depth > MaxDepth)
            throw BodyErrors.MalformedXml($"elements are nested deeper than {MaxDepth}");
        var name = reader.LocalName;
        var text = new StringBuilder();
        var children = new List<XmlElement>();
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return new XmlElement(name, "", children);
        }

        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                children.Add(Read(reader, depth + 1, ref left));
                continue;
            }

            text.Append(reader.Value);
            if (!reader.Read())
                throw BodyErrors.MalformedXml("the document ends too early");
        }

        reader.Read();
        return new XmlElement(name, text.ToString(), children);
    }
}
