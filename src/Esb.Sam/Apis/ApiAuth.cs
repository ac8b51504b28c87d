using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Who may call the routes of one API.</summary>
/// <param name="Authorizers">By name, in the form of routing.yml.</param>
/// <param name="Default">The name of the one that holds where a route names none; null when routes are open.</param>
/// <param name="NeedsKey">Whether a route that says nothing else asks for an API key.</param>
internal sealed record ApiAuth(IReadOnlyDictionary<string, YamlMapping> Authorizers, string? Default, bool NeedsKey)
{
    private static readonly string[] OverridingKeys = ["Authorizer", "ApiKeyRequired", "ResourcePolicy"];

    /// <summary>Whether <see cref="Default"/> holds for <c>OPTIONS</c> as well.</summary>
    public bool GuardsPreflights { get; init; } = true;

    /// <summary>Why nobody may call any route; null when some may.</summary>
    public string? Closed { get; init; }

    /// <summary>The same without what holds where a route says nothing.</summary>
    public ApiAuth WithoutDefault => this with { Default = null };

    public static readonly ApiAuth Open = new(new Dictionary<string, YamlMapping>(), null, false);

    /// <summary>What holds for a route: its own <c>Auth</c>, else the API's.</summary>
    public YamlMapping? For(MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (own is not null)
            AuthPolicy.Check(own, "the route is", diagnostics);
        if (own?.Boolean("OverrideApiAuth") == true && !OverridingKeys.Any(own.Mapping.Contains))
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{own.Subject}: 'OverrideApiAuth' says not by what", own.Mapping["OverrideApiAuth"], $"give one of {string.Join(", ", OverridingKeys)} too");
        if ((Closed ?? AuthPolicy.ReasonOf(own)) is { } reason)
            return AuthorizerForm.Unsupported(reason);
        var name = own?.Text("Authorizer") ?? Default;
        var needsKey = own?.Boolean("ApiKeyRequired") ?? NeedsKey;
        var authorizer = name switch
        {
            null or "NONE" => null,
            "AWS_IAM" => AuthorizerForm.Iam,
            _ => Named(name, own, subject, diagnostics),
        };
        if (authorizer is not null && own is not null)
            authorizer = AuthorizerForm.WithScopes(authorizer, own.TextList("AuthorizationScopes"));
        return (authorizer, needsKey) switch
        {
            (null, false) => null,
            (null, true) => AuthorizerForm.ApiKey,
            (not null, false) => authorizer,
            _ => AuthorizerForm.Unsupported("an API key beside an authorizer is not served"),
        };
    }

    private YamlMapping Named(string name, MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (Authorizers.TryGetValue(name, out var authorizer))
            return authorizer;
        diagnostics.Error(DiagnosticCodes.UnknownReference, $"{subject}: its API has no authorizer '{name}'", own?.Mapping["Authorizer"], NearMiss.Help(name, Authorizers.Keys.Append("NONE").Append("AWS_IAM")));
        return AuthorizerForm.Unsupported($"there is no authorizer '{name}'");
    }
}
