using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>Reads <c>cors</c> of a route.</summary>
internal static class CorsReader
{
    private const string Any = "*";

    public static Cors? Read(MappingReader route, DiagnosticBag diagnostics)
    {
        if (route.Nested("cors") is not { } cors)
            return null;
        var origins = HeaderReader.Values(cors, "allow_origins", diagnostics);
        var credentials = cors.Boolean("allow_credentials") ?? false;
        // Serving it as written would allow every origin that asks: any page of the web, with the cookies of its
        // visitor.
        if (credentials && origins.Contains(Any))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{cors.Subject}: 'allow_credentials' together with the origin '*'",
                cors.Mapping["allow_credentials"],
                "name the origins; API Gateway and browsers refuse the pair too");
        return new Cors(
            origins,
            cors.Mapping["allow_methods"] is null or YamlScalar { IsNull: true }
                ? null
                : HeaderReader.Values(cors, "allow_methods", diagnostics),
            HeaderReader.Values(cors, "allow_headers", diagnostics),
            HeaderReader.Values(cors, "expose_headers", diagnostics),
            cors.Integer("max_age", 0, 86_400),
            credentials);
    }
}
