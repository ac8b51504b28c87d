using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// The audience of a JWT authorizer: the clients that tokens are issued for. API Gateway refuses an authorizer without
/// an audience, because it would accept tokens that the issuer gave to any other program. Source: API Gateway, "Control
/// access to HTTP APIs with JWT authorizers".
/// </summary>
internal static class JwtAudience
{
    /// <summary>
    /// Reads the audience of a <c>JwtConfiguration</c>, in either spelling. An empty audience is an error.
    /// </summary>
    public static IReadOnlyList<string> Of(MappingReader jwt, DiagnosticBag diagnostics)
    {
        List<string> audience = [.. new[] { "audience", "Audience" }.SelectMany(jwt.TextList).Where(a => a.Length > 0)];
        if (audience.Count == 0)
            diagnostics.Error(
                DiagnosticCodes.MissingKey, $"{jwt.Subject}: 'audience' is missing", jwt.Mapping, "name the client ids "
                    + "that tokens are issued for; API Gateway refuses a JWT authorizer without an audience");
        return audience;
    }
}
