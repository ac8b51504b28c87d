using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// For whom tokens must be. API Gateway makes no JWT authorizer without an audience: it would take tokens that the issuer gave to any other
/// program. Source: API Gateway, "Control access to HTTP APIs with JWT authorizers".
/// </summary>
internal static class JwtAudience
{
    /// <summary>The audience of a <c>JwtConfiguration</c>, in either spelling; an error when it names nobody.</summary>
    public static IReadOnlyList<string> Of(MappingReader jwt, DiagnosticBag diagnostics)
    {
        List<string> audience = [.. new[] { "audience", "Audience" }.SelectMany(jwt.TextList).Where(a => a.Length > 0)];
        if (audience.Count == 0)
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{jwt.Subject}: 'audience' is missing", jwt.Mapping, "name the client ids that tokens are made for; API Gateway refuses a JWT authorizer without");
        return audience;
    }
}
