using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>What an API says about all of its routes.</summary>
/// <param name="Cors">In the form of routing.yml.</param>
/// <param name="DefaultAuthorizer">By name; null when there is none.</param>
internal sealed record ApiSettings(YamlMapping? Cors, string? DefaultAuthorizer)
{
    public static readonly ApiSettings Open = new(null, null);

    public static ApiSettings From(string type, YamlMapping properties)
    {
        var auth = properties["Auth"] as YamlMapping;
        var authorizer = (auth?["DefaultAuthorizer"] as YamlScalar)?.Value ?? (auth?["ApiKeyRequired"] is YamlScalar { Value: "true" } ? "API key" : null);
        var cors = type == "AWS::Serverless::Api" ? RestCors(properties["Cors"]) : HttpCors(properties["CorsConfiguration"]);
        return new ApiSettings(cors, authorizer);
    }

    // REST: values are the header values themselves, in single quotes inside the text: "'GET,POST'".
    private static YamlMapping? RestCors(YamlNode? cors) => cors switch
    {
        YamlScalar { IsNull: false } origin => YamlMapping.Of(("allow_origins", Texts(origin))),
        YamlMapping map => YamlMapping.Of(
            ("allow_origins", Texts(map["AllowOrigin"])),
            ("allow_methods", Texts(map["AllowMethods"])),
            ("allow_headers", Texts(map["AllowHeaders"])),
            ("max_age", map["MaxAge"] is YamlScalar age && long.TryParse(age.Value.Trim('\''), out var seconds) ? YamlScalar.Number(seconds) : null),
            ("allow_credentials", map["AllowCredentials"])),
        _ => null,
    };

    private static YamlMapping? HttpCors(YamlNode? cors) => cors switch
    {
        YamlScalar { Value: "true" } => YamlMapping.Of(("allow_origins", YamlSequence.OfText(["*"]))),
        YamlMapping map => YamlMapping.Of(
            ("allow_origins", map["AllowOrigins"]),
            ("allow_methods", map["AllowMethods"]),
            ("allow_headers", map["AllowHeaders"]),
            ("expose_headers", map["ExposeHeaders"]),
            ("max_age", map["MaxAge"]),
            ("allow_credentials", map["AllowCredentials"])),
        _ => null,
    };

    private static YamlSequence? Texts(YamlNode? value) =>
        value is YamlScalar text ? YamlSequence.OfText(text.Value.Trim('\'').Split(',', StringSplitOptions.TrimEntries)) : null;
}
