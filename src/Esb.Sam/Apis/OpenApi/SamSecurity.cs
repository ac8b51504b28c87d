using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Builds the <c>security</c> of an operation of a SAM API: from the operation or its event, then from the default
/// authorizer of the API, then from the API's requirement for a key. Source: AWS SAM,
/// "samtranslator/swagger/swagger.py" and "samtranslator/open_api/open_api.py".
/// </summary>
/// <param name="auth">The <c>Auth</c> of the API with SAM's authorizers only, without those of the definition.</param>
internal sealed class SamSecurity(ApiAuth auth)
{
    /// <summary>The scheme of API keys.</summary>
    public const string Key = "api_key";

    /// <summary>SAM's mark for an event that needs no key although its API requires one.</summary>
    public const string NoKey = "api_key_false";

    /// <summary>SAM's mark for an operation that is open although its API has a default authorizer.</summary>
    public const string NoAuthorizer = "NONE";

    /// <summary>
    /// The requirement that follows from an event's <c>Auth</c>; null when it concerns neither authorizers nor keys.
    /// </summary>
    public YamlSequence? OfEvent(MappingReader own)
    {
        List<YamlNode> said = [];
        // In an HTTP API, every other setting of Auth refers to the default authorizer.
        if ((auth.NameIn(own) ?? (auth.IsHttp ? auth.Default : null)) is { } name)
            said.Add(YamlMapping.Of((name, auth.ScopesOf(name, own))));
        if (!auth.IsHttp && own.Boolean("ApiKeyRequired") is { } needed)
            said.Add(Only(needed ? Key : NoKey));
        return said.Count == 0 ? null : new YamlSequence(said, own.Mapping.Place);
    }

    /// <summary>What an operation requires, including the defaults of the API.</summary>
    /// <param name="own">Its <c>security</c>; null when it has none.</param>
    /// <param name="isPreflight">Whether the method of the operation is <c>OPTIONS</c>.</param>
    /// <param name="place">The position of the operation.</param>
    /// <returns>Null when the <c>security</c> of the definition applies.</returns>
    public YamlNode? WithDefaults(YamlNode? own, bool isPreflight, Place place)
    {
        List<YamlMapping> said = [.. (own as YamlSequence)?.Items.OfType<YamlMapping>() ?? []];
        // Anything but a list of mappings is refused when it is read.
        if (own is not null and not YamlSequence and not YamlScalar { IsNull: true }
            || (own is YamlSequence list && said.Count < list.Items.Count))
            return own;
        var all = auth.IsHttp ? OfHttp(said, isPreflight) : WithKey(WithAuthorizer(said, isPreflight), isPreflight);
        return ReferenceEquals(all, said) ? own : new YamlSequence([.. all], place);
    }

    private List<YamlMapping> OfHttp(List<YamlMapping> said, bool isPreflight) =>
        said.Count == 0 && !isPreflight && Default is { } name ? [WithScopes(name)] : said;

    // Each operation has one authorizer; requirements that are not from SAM stay.
    private List<YamlMapping> WithAuthorizer(List<YamlMapping> said, bool isPreflight)
    {
        if (Default is not { } name || (isPreflight && !auth.GuardsPreflights))
            return said;
        List<YamlMapping> others = [.. said.Where(s => !s.Entries.Any(e => IsAuthorizer(e.Key.Value)))];
        if (others.FindIndex(s => s.Contains(NoAuthorizer)) is >= 0 and var none)
        {
            others.RemoveAt(none);
            return others.Count == 0 ? said : others;
        }

        return [.. others, .. others.Count < said.Count ? said.Where(s => !others.Contains(s)) : [WithScopes(name)]];
    }

    private List<YamlMapping> WithKey(List<YamlMapping> said, bool isPreflight)
    {
        if (!auth.NeedsKey)
            return said;
        List<YamlMapping> others = [.. said.Where(s => !IsOnly(s, Key) && !IsOnly(s, NoKey))];
        var isOpen = said.Exists(s => s.Contains(NoKey)) || (isPreflight && !auth.KeyGuardsPreflights);
        if (!isOpen)
            return [.. others, Only(Key)];
        return others.Count == said.Count ? said : others;
    }

    private string? Default => auth.Default == NoAuthorizer ? null : auth.Default;

    private bool IsAuthorizer(string name) => name == "AWS_IAM" || auth.Authorizers.ContainsKey(name);

    private static bool IsOnly(YamlMapping requirement, string name) =>
        requirement.Entries is [{ Key.Value: var only }] && only == name;

    // Only the requirements that SAM adds include the scopes of the authorizer; those of the definition stay as they
    // are.
    private YamlMapping WithScopes(string name) => YamlMapping.Of((name, auth.ScopesOf(name, null)));

    private static YamlMapping Only(string name) => YamlMapping.Of((name, YamlSequence.OfText([])));
}
