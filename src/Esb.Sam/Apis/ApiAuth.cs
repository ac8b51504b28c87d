using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Who may call the routes of one API.</summary>
/// <param name="Authorizers">The authorizers by name, in the form of routing.yml.</param>
/// <param name="Default">The name of the authorizer for routes that name none; null when such routes are open.</param>
/// <param name="NeedsKey">Whether a route that does not say otherwise needs an API key.</param>
internal sealed record ApiAuth(IReadOnlyDictionary<string, YamlMapping> Authorizers, string? Default, bool NeedsKey)
{
    private const string Scopes = "AuthorizationScopes";

    private static readonly string[] OverridingKeys = ["Authorizer", "ApiKeyRequired", "ResourcePolicy"];

    /// <summary>
    /// Whether <see cref="Default"/> also applies to <c>OPTIONS</c>. In an HTTP API, it does so only for events with an
    /// <c>Auth</c> of their own.
    /// </summary>
    public bool GuardsPreflights { get; init; } = true;

    /// <summary>Whether <see cref="NeedsKey"/> also applies to <c>OPTIONS</c>.</summary>
    public bool KeyGuardsPreflights { get; init; } = true;

    /// <summary>Whether the API is an HTTP API.</summary>
    public bool IsHttp { get; init; }

    /// <summary>The reason why all routes of the API are closed; null when the API is not closed.</summary>
    public string? Closed { get; init; }

    public static readonly ApiAuth Open = new(new Dictionary<string, YamlMapping>(), null, false);

    /// <summary>
    /// Returns the guard of a route: from its own <c>Auth</c>, otherwise from the <c>Auth</c> of the API.
    /// </summary>
    /// <param name="own">The <c>Auth</c> of the route.</param>
    /// <param name="isPreflight">Whether the method of the route is <c>OPTIONS</c>.</param>
    /// <param name="subject">The route, for messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public YamlMapping? For(MappingReader? own, bool isPreflight, string subject, DiagnosticBag diagnostics)
    {
        if (own is not null)
            AuthPolicy.Check(own, "the routes of its API are", diagnostics);
        if (own?.Boolean("OverrideApiAuth") == true && !OverridingKeys.Any(own.Mapping.Contains))
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{own.Subject}: 'OverrideApiAuth' does not say what replaces the API's Auth",
                own.Mapping["OverrideApiAuth"],
                $"give one of {string.Join(", ", OverridingKeys)} too");
        if ((Closed ?? AuthPolicy.ReasonOf(own)) is { } reason)
            return AuthorizerForm.Closed(reason);
        var guardsThis = !isPreflight || GuardsPreflights || (IsHttp && own?.Mapping.Entries.Count > 0);
        var name = NameIn(own) ?? (guardsThis ? Default : null);
        var needsKey = own?.Boolean("ApiKeyRequired") ?? (NeedsKey && (!isPreflight || KeyGuardsPreflights));
        var authorizer = name switch
        {
            null => null,
            "NONE" or "AWS_IAM" when Authorizers.ContainsKey(name) =>
                AuthorizerForm.Closed($"an authorizer called '{name}' cannot be distinguished from the keyword"),
            "NONE" => null,
            "AWS_IAM" => AuthorizerForm.Iam,
            _ => Named(name, own, subject, diagnostics),
        };
        if (AsksForNoScope(own))
            authorizer = authorizer?.Without("scopes");
        return RouteGuard.Of(authorizer, own?.TextList(Scopes) ?? [], needsKey);
    }

    /// <summary>
    /// The scopes that a route with this authorizer requires: its own, otherwise those of the authorizer.
    /// </summary>
    /// <param name="name">The authorizer.</param>
    /// <param name="own">The <c>Auth</c> of the route; null when it has none.</param>
    public YamlSequence ScopesOf(string name, MappingReader? own)
    {
        var scopes = own?.TextList(Scopes) ?? [];
        return (scopes.Count > 0 || AsksForNoScope(own) ? null : Authorizers.GetValueOrDefault(name)?["scopes"])
            as YamlSequence ?? YamlSequence.OfText(scopes);
    }

    // In an HTTP API, an empty list counts as no list. Source: AWS SAM, "samtranslator/swagger/swagger.py" and
    // "samtranslator/open_api/open_api.py".
    private bool AsksForNoScope(MappingReader? own) =>
        !IsHttp && own?.Mapping[Scopes] is YamlSequence { Items.Count: 0 } && NameIn(own) is not null;

    /// <summary>Reports a route that names an authorizer which the API does not have.</summary>
    public void CheckName(MappingReader own, string subject, DiagnosticBag diagnostics)
    {
        if (NameIn(own) is { } name and not ("NONE" or "AWS_IAM"))
            Named(name, own, subject, diagnostics);
    }

    /// <summary>
    /// The name of the authorizer in a route's own <c>Auth</c>, in the spelling of the API; null when the route names
    /// none.
    /// </summary>
    public string? NameIn(MappingReader? own) =>
        own?.Text("Authorizer") is { } name ? PlainScalars.Among(Authorizers.Keys, name) : null;

    /// <summary>
    /// Reports settings of an event that replace a guard which its API does not have. SAM refuses them too: their
    /// author believes that the API is guarded. Source: AWS SAM, "samtranslator/model/eventsources/push.py".
    /// </summary>
    public void CheckRedundant(MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (own is null)
            return;
        if (own.Text("Authorizer") == "NONE"
            && Default is null
            && !Authorizers.ContainsKey("NONE"))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'Authorizer' is NONE, and its API has no DefaultAuthorizer",
                own.Mapping["Authorizer"],
                "leave it out, or give the API its DefaultAuthorizer");
        if (IsHttp
            && own.Mapping.Entries.Count > 0
            && own.Text("Authorizer") is null
            && Default is null)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{subject}: 'Auth' names no Authorizer, and its API has no DefaultAuthorizer",
                own.Mapping,
                "leave it out, name an authorizer, or give the API its DefaultAuthorizer");
        if (!IsHttp && own.Text("Authorizer") is null && own.TextList(Scopes).Count > 0)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{subject}: 'Auth' has 'AuthorizationScopes', but names no Authorizer",
                own.Mapping[Scopes],
                "name the authorizer that checks them, also if it is the default one");
        if (!IsHttp && !NeedsKey && own.Boolean("ApiKeyRequired") == false)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'ApiKeyRequired' is false, and its API requires no key",
                own.Mapping["ApiKeyRequired"],
                "leave it out, or give the API its ApiKeyRequired");
    }

    private YamlMapping Named(string name, MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (Authorizers.TryGetValue(name, out var authorizer))
            return authorizer;
        diagnostics.Error(
            DiagnosticCodes.UnknownReference,
            $"{subject}: its API has no authorizer '{name}'",
            own?.Mapping["Authorizer"],
            NearMiss.Help(name, Authorizers.Keys.Append("NONE").Append("AWS_IAM")));
        return AuthorizerForm.Closed($"there is no authorizer '{name}'");
    }
}
