using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// A policy of addresses and accounts in <c>Auth</c>. It cannot be checked here, so what it guards is closed. Source:
/// AWS SAM Developer Guide, "ResourcePolicyStatement".
/// </summary>
internal static class AuthPolicy
{
    private const string Key = "ResourcePolicy";

    /// <summary>Warns of what a policy closes.</summary>
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

    /// <summary>The reason why nobody may call; null when there is no policy.</summary>
    public static string? ReasonOf(MappingReader? auth) => auth?.Mapping[Key] is null or YamlScalar { IsNull: true }
        ? null
        : "it has a resource policy, which cannot be checked here";
}
