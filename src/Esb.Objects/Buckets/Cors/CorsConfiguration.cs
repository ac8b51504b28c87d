using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets.Cors;

/// <summary>The rules of a bucket in order: the first match counts.</summary>
internal sealed class CorsConfiguration
{
    public const string Root = "CORSConfiguration";

    private const int MostRules = 100;
    private const int LongestId = 255;

    private static readonly string[] KnownMethods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

    private CorsConfiguration(IReadOnlyList<CorsRule> rules) => Rules = rules;

    public IReadOnlyList<CorsRule> Rules { get; }

    /// <exception cref="S3Exception">MalformedXML or InvalidRequest.</exception>
    public static CorsConfiguration Parse(ReadOnlyMemory<byte> document)
    {
        var rules = XmlElement.Parse(document, Root).All("CORSRule").Select(Read).ToList();
        return rules.Count is > 0 and <= MostRules
            ? new CorsConfiguration(rules)
            : throw BodyErrors.MalformedXml($"there must be 1 to {MostRules} rules");
    }

    /// <summary>Null when no rule matches.</summary>
    public CorsRule? Find(string origin, string method, IReadOnlyList<string> headers) =>
        Rules.FirstOrDefault(rule => rule.Matches(origin, method, headers));

    private static CorsRule Read(XmlElement element)
    {
        var (methods, origins) = (Texts(element, "AllowedMethod"), Texts(element, "AllowedOrigin"));
        if (methods.Count == 0 || origins.Count == 0)
            throw BodyErrors.MalformedXml("a CORSRule needs an AllowedMethod and an AllowedOrigin");
        if (methods.FirstOrDefault(method => !KnownMethods.Contains(method)) is { } unknown)
            throw S3Errors.InvalidRequest(
                $"Found unsupported HTTP method in CORS config. Unsupported method is {unknown}");
        if (element.Value("ID") is { Length: > LongestId })
            throw BodyErrors.MalformedXml($"an ID may have {LongestId} characters");
        var (headers, exposed) = (Texts(element, "AllowedHeader"), Texts(element, "ExposeHeader"));
        VerifyWildcards("AllowedOrigin", origins);
        VerifyWildcards("AllowedHeader", headers);
        if (exposed.FirstOrDefault(name => name.Contains('*', StringComparison.Ordinal)) is { } wild)
            throw S3Errors.InvalidRequest(
                $"ExposeHeader \"{wild}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        if (headers.Concat(exposed).FirstOrDefault(name => !HeaderText.IsName(name)) is { } bad)
            throw S3Errors.InvalidRequest($"'{bad}' is not a header name");
        return new CorsRule(methods, origins) { Headers = headers, Exposed = exposed, MaxAgeSeconds = MaxAge(element) };
    }

    private static List<string> Texts(XmlElement element, string name) =>
        [.. element.All(name).Select(child => child.Text.Trim())];

    private static void VerifyWildcards(string element, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (value.Count(c => c == '*') > 1)
                throw S3Errors.InvalidRequest($"{element} \"{value}\" can not have more than one wildcard.");
            if (value.Length == 0 || value.Any(c => c is <= ' ' or >= '\x7f'))
                throw BodyErrors.MalformedXml($"{element} is empty, or has characters that a header cannot contain");
        }
    }

    private static int? MaxAge(XmlElement element)
    {
        if (element.Value("MaxAgeSeconds") is not { } text)
            return null;
        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw BodyErrors.MalformedXml("MaxAgeSeconds must be a whole number of seconds");
    }
}
