using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// A policy in <c>Auth</c> that restricts callers by address or account. ESB cannot check it, so the routes that it
/// guards are closed. Source: AWS SAM Developer Guide, "ResourcePolicyStatement".
/// </summary>
internal static class AuthPolicy
{
    private const string Key = "ResourcePolicy";

    /// <summary>Warns about the routes that a policy closes.</summary>
    /// <param name="auth">The <c>Auth</c> of an API or an event.</param>
    /// <param name="what">What is closed, for the message.</param>
    /// <param name="diagnostics">Receives the warning.</param>
    public static void Check(MappingReader auth, string what, DiagnosticBag diagnostics)
    {
        if (ReasonOf(auth) is { } reason)
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{auth.Subject}: {what} closed: {reason}",
                auth.Mapping.KeyNode(Key),
                "leave it out, and control access with an authorizer or a firewall");
    }

    /// <summary>The reason why the routes are closed; null when there is no policy.</summary>
    public static string? ReasonOf(MappingReader? auth) => auth?.Mapping[Key] is null or YamlScalar { IsNull: true }
        ? null
        : "it has a resource policy, which cannot be checked here";
}
