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
        if ((Closed ?? AuthPolicy.ReasonOf(own)) is { } reason)
            return AuthorizerForm.Unsupported(reason);
        var name = own?.Text("Authorizer") ?? Default;
        var needsKey = own?.Boolean("ApiKeyRequired") ?? NeedsKey;
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

    private YamlMapping Named(string name, MappingReader? own, string subject, DiagnosticBag diagnostics)
    {
        if (Authorizers.TryGetValue(name, out var authorizer))
            return authorizer;
        diagnostics.Error(DiagnosticCodes.UnknownReference, $"{subject}: its API has no authorizer '{name}'", own?.Mapping["Authorizer"], NearMiss.Help(name, Authorizers.Keys.Append("NONE").Append("AWS_IAM")));
        return AuthorizerForm.Unsupported($"there is no authorizer '{name}'");
    }
}
