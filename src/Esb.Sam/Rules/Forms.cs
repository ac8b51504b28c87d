using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Forms of text that several types share. Sources: Lambda API reference, "CreateAlias", "Cors"; API Gateway Developer
/// Guide, "Amazon API Gateway important notes", "Using API Gateway stage variables".
/// </summary>
internal static class Forms
{
    /// <summary>The name of an alias; digits alone would be a version.</summary>
    public static readonly ValueRule Alias = Like(
        "[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*", "letters, digits, '-' and '_', not only digits, at most 128", 128);

    /// <summary>A version of a function. A reference to a version resource is a name or an ARN here.</summary>
    public static readonly ValueRule VersionOfFunction = Like(
        @"\$LATEST(\.PUBLISHED)?|[0-9]+|[^\s/]+[.:][^\s/]+", "$LATEST or a number", 1024);

    /// <summary>The name of a stage of a REST API.</summary>
    public static readonly ValueRule Stage = Like("[A-Za-z0-9_-]+", "letters, digits, '-' and '_', at most 128", 128);

    /// <summary>The name of a stage of an HTTP API.</summary>
    public static readonly ValueRule HttpStage = Like(
        @"\$default|[A-Za-z0-9_-]+", "$default, or letters, digits, '-' and '_', at most 128", 128);

    /// <summary>The variables of a stage.</summary>
    public static readonly ValueRule StageVariables = Named(
        "[A-Za-z0-9_]+",
        "letters, digits and '_'",
        Like("[A-Za-z0-9._~:/?#&=,-]+", "letters, digits and - . _ ~ : / ? # & = ,"));

    /// <summary>An origin, or a pattern for several.</summary>
    public static readonly ValueRule Origin = Like(@"[^\s,]+", "an origin such as https://example.com, or *", 253);

    /// <summary>An origin as HTTP APIs accept it.</summary>
    public static readonly ValueRule HttpOrigin = Like(
        @"\*|[A-Za-z][A-Za-z0-9+.-]*://[^\s,]+", "an origin such as https://example.com, or *", 253);

    /// <summary>The name of a part of a request.</summary>
    public static readonly ValueRule PartOfRequest = Like(@"[^\s,]+", "a name without blanks or commas");

    /// <summary>The issuer of tokens.</summary>
    public static readonly ValueRule Issuer = new IssuerRule();

    /// <summary>The name of a header. Source: RFC 9110, "Tokens".</summary>
    public static readonly ValueRule Header = Like("[A-Za-z0-9!#$%&'*+.^_`|~-]+", "the name of a header", 1024);

    /// <summary>The methods in CORS rules of an HTTP API.</summary>
    public static readonly ValueRule CorsMethod = new WordRule(
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "*"], IgnoreCase: true);

    /// <summary>Tags in CloudFormation's form.</summary>
    public static readonly ValueRule Tags = new TagsRule(List(Of(("Key", Sized(1, 128)), ("Value", Sized(0, 256)))
        .Requiring("Key Value")));

    /// <summary>
    /// The base path of a domain. As in SAM, everything but letters and digits is removed, but a number is not a base
    /// path.
    /// </summary>
    public static readonly ValueRule BasePath = new BasePathRule();

    // An issuer that only AWS knows has no URL here, so other text is not an error.
    private sealed record IssuerRule : ValueRule
    {
        public override void Check(MappingReader owner, string key, RuleScope scope)
        {
            if (owner.Text(key) is { } text
                && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
                scope.LeaveOut($"'{text}' is not a URL, so no token is accepted", owner.Mapping[key]!);
        }
    }

    private sealed record BasePathRule : ValueRule
    {
        public override void Check(MappingReader owner, string key, RuleScope scope) => owner.Name(key);
    }
}
