using Esb.Sam.Reading;
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

    /// <summary>Whether <see cref="Default"/> holds for <c>OPTIONS</c> as well; in an HTTP API it does so for no event but one with an <c>Auth</c> of its own.</summary>
    public bool GuardsPreflights { get; init; } = true;

    /// <summary>Whether <see cref="NeedsKey"/> holds for <c>OPTIONS</c> as well.</summary>
    public bool KeyGuardsPreflights { get; init; } = true;

    /// <summary>Whether it is of an HTTP API.</summary>
    public bool IsHttp { get; init; }

    /// <summary>Why nobody may call any route; null when some may.</summary>
    public string? Closed { get; init; }

    public static readonly ApiAuth Open = new(new Dictionary<string, YamlMapping>(), null, false);

    /// <summary>What holds for a route: its own <c>Auth</c>, else the API's.</summary>
    /// <param name="own">Its own.</param>
    /// <param name="isPreflight">Whether it is of <c>OPTIONS</c>.</param>
    /// <param name="subject">The route, for messages.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public YamlMapping? For(MappingReader? own, bool isPreflight, string subject, DiagnosticBag diagnostics)
    {
        if (own is not null)
            AuthPolicy.Check(own, "the routes of its API are", diagnostics);
        if (own?.Boolean("OverrideApiAuth") == true && !OverridingKeys.Any(own.Mapping.Contains))
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{own.Subject}: 'OverrideApiAuth' says not by what", own.Mapping["OverrideApiAuth"], $"give one of {string.Join(", ", OverridingKeys)} too");
        if ((Closed ?? AuthPolicy.ReasonOf(own)) is { } reason)
            return AuthorizerForm.Unsupported(reason);
        var guardsThis = !isPreflight || GuardsPreflights || (IsHttp && own?.Mapping.Entries.Count > 0);
        var name = NameIn(own) ?? (guardsThis ? Default : null);
        var needsKey = own?.Boolean("ApiKeyRequired") ?? (NeedsKey && (!isPreflight || KeyGuardsPreflights));
        var authorizer = name switch
        {
            null => null,
            "NONE" or "AWS_IAM" when Authorizers.ContainsKey(name) => AuthorizerForm.Unsupported($"an authorizer called '{name}' cannot be told from the word"),
            "NONE" => null,
            "AWS_IAM" => AuthorizerForm.Iam,
            _ => Named(name, own, subject, diagnostics),
        };
        return RouteGuard.Of(authorizer, own?.TextList("AuthorizationScopes") ?? [], needsKey);
    }

    /// <summary>Says that the API has no authorizer of the name that a route asks for.</summary>
    public void CheckName(MappingReader own, string subject, DiagnosticBag diagnostics)
    {
        if (NameIn(own) is { } name and not ("NONE" or "AWS_IAM"))
            Named(name, own, subject, diagnostics);
    }

    /// <summary>The authorizer that a route's own <c>Auth</c> names, as the API has it; null when it names none.</summary>
    public string? NameIn(MappingReader? own) => own?.Text("Authorizer") is { } name ? PlainScalars.Among(Authorizers.Keys, name) : null;

    /// <summary>Says what SAM refuses: words of an event that open what is open already. Who wrote them believes that its API is guarded.</summary>
    public void CheckWords(MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (own is null || NeedsKey)
            return;
        if (own.Text("Authorizer") == "NONE" && Default is null && !Authorizers.ContainsKey("NONE") && !own.Mapping.Contains("AuthorizationScopes"))
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: 'Authorizer' is NONE, and its API has no DefaultAuthorizer", own.Mapping["Authorizer"], "leave it out, or give the API its DefaultAuthorizer");
        if (!IsHttp && own.Boolean("ApiKeyRequired") == false)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: 'ApiKeyRequired' is false, and its API asks for no key", own.Mapping["ApiKeyRequired"], "leave it out, or give the API its ApiKeyRequired");
    }

    private YamlMapping Named(string name, MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (Authorizers.TryGetValue(name, out var authorizer))
            return authorizer;
        diagnostics.Error(DiagnosticCodes.UnknownReference, $"{subject}: its API has no authorizer '{name}'", own?.Mapping["Authorizer"], NearMiss.Help(name, Authorizers.Keys.Append("NONE").Append("AWS_IAM")));
        return AuthorizerForm.Unsupported($"there is no authorizer '{name}'");
    }
}
