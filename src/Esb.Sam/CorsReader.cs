using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>Cross-origin rules of all kinds of APIs, in the form of routing.yml.</summary>
internal static class CorsReader
{
    private const int MaxAgeLimit = 86_400;

    private const string Header = "method.response.header.Access-Control-";

    /// <summary>
    /// <c>Cors</c> of a REST API. The values are header values in single quotes inside the text: <c>"'GET,POST'"</c>.
    /// </summary>
    public static YamlMapping? OfRestApi(YamlNode? cors) => cors switch
    {
        YamlScalar { IsNull: false, Value.Length: > 0 } origin => YamlMapping.Of(("allow_origins", Texts(origin))),
        // In SAM, an empty mapping means no rules, and a mapping without an origin allows every origin.
        YamlMapping { Entries.Count: > 0 } map => Of(
            map["AllowOrigin"] ?? YamlScalar.Text("'*'"),
            map["AllowMethods"],
            map["AllowHeaders"],
            map["MaxAge"],
            map["AllowCredentials"]),
        _ => null,
    };

    /// <summary><c>CorsConfiguration</c> of an HTTP API, or <c>x-amazon-apigateway-cors</c> of a definition.</summary>
    public static YamlMapping? OfHttpApi(YamlNode? cors) => cors switch
    {
        YamlScalar { Value: "true" or "True" } => YamlMapping.Of(("allow_origins", YamlSequence.OfText(["*"]))),
        YamlMapping map => YamlMapping.Of(
            ("allow_origins", map["AllowOrigins"] ?? map["allowOrigins"]),
            ("allow_methods", map["AllowMethods"] ?? map["allowMethods"]),
            ("allow_headers", map["AllowHeaders"] ?? map["allowHeaders"]),
            ("expose_headers", map["ExposeHeaders"] ?? map["exposeHeaders"]),
            ("max_age", Age(map["MaxAge"] ?? map["maxAge"])),
            ("allow_credentials", map["AllowCredentials"] ?? map["allowCredentials"])),
        _ => null,
    };

    /// <summary>
    /// Returns the rules unchanged. Credentials together with the origin <c>*</c> are an error, as in API Gateway and
    /// SAM.
    /// </summary>
    public static YamlMapping? Checked(YamlMapping? cors, string subject, YamlNode? at, DiagnosticBag diagnostics)
    {
        if (IsForEverybody(cors))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: credentials are allowed together with the origin '*'",
                at,
                "name the origins; API Gateway and browsers refuse the pair too");
        return cors;
    }

    /// <summary><c>Cors</c> of a function URL.</summary>
    public static YamlMapping OfUrl(MappingReader cors, DiagnosticBag diagnostics)
    {
        var rules = OfHttpApi(cors.Mapping)!;
        if (!IsForEverybody(rules))
            return rules;
        // Lambda accepts this combination and allows every origin that asks. Any page on the web could then call the
        // URL with its visitor's cookies.
        diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{cors.Subject}: credentials are ignored, because they are not allowed together with the origin '*'",
            cors.Mapping,
            "name the origins");
        return rules.Without("allow_credentials");
    }

    /// <summary>
    /// The CORS rules of a mock for <c>OPTIONS</c>, from the <c>responseParameters</c> of its integration responses;
    /// null when the mock does not answer preflights.
    /// </summary>
    public static YamlMapping? OfMock(IEnumerable<YamlNode?> responseParameters)
    {
        foreach (var map in responseParameters.OfType<YamlMapping>())
        {
            YamlNode? Value(string name) => map.Entries.FirstOrDefault(
                e => string.Equals(e.Key.Value, Header + name, StringComparison.OrdinalIgnoreCase)).Value;
            if (Value("Allow-Origin") is { } origin)
                // Browsers refuse credentials together with the asterisk, so nothing is lost without them.
                return Of(
                    origin,
                    Value("Allow-Methods"),
                    Value("Allow-Headers"),
                    Value("Max-Age"),
                    origin is YamlScalar text && Unquoted(text) == "*" ? null : Value("Allow-Credentials"));
        }

        return null;
    }

    private static YamlMapping Of(
        YamlNode? origin,
        YamlNode? methods,
        YamlNode? headers,
        YamlNode? age,
        YamlNode? credentials) =>
        YamlMapping.Of(
            ("allow_origins", Texts(origin)),
            ("allow_methods", Texts(methods)),
            ("allow_headers", Texts(headers)),
            ("max_age", age is YamlScalar text
                && long.TryParse(Unquoted(text), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds <= MaxAgeLimit ? YamlScalar.Number(seconds) : null),
            ("allow_credentials", credentials is YamlScalar flag
                ? YamlScalar.Boolean(Unquoted(flag) is "true" or "True")
                : null));

    // API Gateway's -1 means that browsers do not cache the answer.
    private static YamlNode? Age(YamlNode? age) => age is YamlScalar { Value: "-1" } ? YamlScalar.Number(0) : age;

    private static YamlSequence? Texts(YamlNode? value) =>
        value is YamlScalar { IsNull: false } text
            ? YamlSequence.OfText(Unquoted(text)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : null;

    private static string Unquoted(YamlScalar text) => text.Value.Trim().Trim('\'', '"');

    private static bool IsForEverybody(YamlMapping? cors)
    {
        var hasAny = cors?["allow_origins"] switch
        {
            YamlScalar { Value: "*" } => true,
            YamlSequence list => list.Items.Any(o => o is YamlScalar { Value: "*" }),
            _ => false,
        };
        return hasAny && cors!["allow_credentials"] is YamlScalar { Value: "true" or "True" or "TRUE" };
    }
}
