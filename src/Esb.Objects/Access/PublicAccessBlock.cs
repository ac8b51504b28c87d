using Esb.Objects.Errors;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Access;

/// <summary>
/// What a bucket refuses to the public whatever its policy says. The two settings about ACLs have no effect, because
/// buckets have no ACLs. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
/// </summary>
/// <param name="BlocksPolicies">Whether a policy that opens the bucket to everybody is refused.</param>
/// <param name="RestrictsBucket">Whether such a policy opens the bucket to nobody.</param>
internal sealed record PublicAccessBlock(bool BlocksPolicies, bool RestrictsBucket)
{
    /// <summary>The name of the sub-resource.</summary>
    public const string Document = "publicAccessBlock";

    public const string Root = "PublicAccessBlockConfiguration";

    private static readonly string[] Known =
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    public static PublicAccessBlock None { get; } = new(false, false);

    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static PublicAccessBlock Parse(ReadOnlyMemory<byte> document)
    {
        var settings = XmlElement.Parse(document, Root);
        foreach (var setting in settings.Children)
        {
            // The document is given back as it is, and SDKs take "TRUE" for false.
            if (!Known.Contains(setting.Name, StringComparer.Ordinal) || setting.Text is not ("true" or "false"))
                throw BodyErrors.MalformedXml($"{setting.Name} is not a setting that is true or false");
        }

        return new PublicAccessBlock(Is(settings, "BlockPublicPolicy"), Is(settings, "RestrictPublicBuckets"));
    }

    /// <summary>The settings of a bucket. Those that cannot be read block everything.</summary>
    public static PublicAccessBlock Of(Bucket bucket)
    {
        try
        {
            return bucket.Documents.Remembered(Document) is { } document ? Parse(document) : None;
        }
        catch (S3Exception)
        {
            return new PublicAccessBlock(true, true);
        }
    }

    private static bool Is(XmlElement settings, string name) => settings.Value(name) == "true";
}
