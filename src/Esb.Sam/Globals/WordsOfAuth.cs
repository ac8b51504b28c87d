using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// Values in <c>Auth</c> that SAM reads before CloudFormation evaluates functions. SAM treats any text or function in
/// place of a boolean as true, and does not evaluate a function in place of an event's <c>Auth</c>. A guard that AWS
/// has is kept; the receipt lists each difference. Source: AWS SAM, "samtranslator/model/api/api_generator.py" and
/// "samtranslator/model/eventsources/push.py".
/// </summary>
internal sealed class WordsOfAuth(Resolver resolver)
{
    private const string Auth = "Auth";
    private const string Override = "OverrideApiAuth";
    private const string Authorizer = "Authorizer";
    private const string Scopes = "AuthorizationScopes";
    private const string Key = "ApiKeyRequired";

    private readonly WordChange _change = new(resolver);

    /// <summary>Returns the properties as SAM reads them.</summary>
    /// <param name="subject">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">The properties, merged with <c>Globals</c> and not resolved.</param>
    public YamlMapping Read(string subject, string type, YamlMapping properties) => type switch
    {
        "AWS::Serverless::Api" => _change.Below(properties, Auth, auth => OfApi(auth, subject)),
        "AWS::Serverless::Function" => _change.Below(properties, "Events", events => OfEvents(events, subject)),
        _ => properties,
    };

    private YamlMapping OfApi(YamlMapping auth, string subject) =>
        PropertyMerge.Flags.Aggregate(auth, (all, flag) => _change.Truth(all, flag, subject, Auth));

    private YamlMapping OfEvents(YamlMapping events, string subject)
    {
        var read = events;
        foreach (var (name, _) in events.Entries)
        {
            var path = $"Events.{name.Value}.{Auth}";
            read = _change.Below(
                read, name.Value, item => _change.Below(item, "Properties", p => OfEvent(p, subject, path)));
        }

        return read;
    }

    private YamlMapping OfEvent(YamlMapping properties, string subject, string path)
    {
        if (properties[Auth] is not YamlMapping written)
            return properties;
        if (!PropertyMerge.IsFunction(written))
            return _change.Below(properties, Auth, auth => Said(auth, subject, path));
        var words = resolver.Resolve(written);
        var isForm = words is null or YamlMapping;
        return properties.With(Auth, isForm ? Unseen(words as YamlMapping, written, subject, path) : words!);
    }

    private YamlMapping Said(YamlMapping auth, string subject, string path) =>
        Named(Overriding(_change.Truth(auth, Key, subject, path), subject, path), subject, path);

    // SAM mistakes the function for an Auth that names neither authorizers nor keys. With such an Auth, an HTTP API
    // applies its default authorizer to OPTIONS too.
    private YamlMapping Unseen(YamlMapping? words, YamlNode written, string subject, string path)
    {
        List<YamlEntry> guards = [.. (words?.Entries ?? []).Where(Guards)];
        if (words is { Entries.Count: > 0 })
            _change.Say(subject, path, "a function, which SAM does not evaluate: the guard of its API stays", written);
        return guards.Count > 0
            ? new YamlMapping(guards, written.Place)
            : YamlMapping.Of((Scopes, YamlSequence.OfText([])));
    }

    private static bool Guards(YamlEntry word) => word.Key.Value switch
    {
        Override => false,
        Key => Logic.IsTrue(word.Value),
        Authorizer => !IsNobody(word.Value),
        _ => true,
    };

    // With OverrideApiAuth, an event may open a route that its definition guards; without it, the event may leave a
    // route open.
    private YamlMapping Overriding(YamlMapping auth, string subject, string path)
    {
        if (auth[Override] is not { } written || !WordChange.IsText(written))
            return auth;
        if (!Logic.IsTrue(resolver.Resolve(written)))
        {
            var message = $"{subject}, {path}: '{Override}' is text or a function, which SAM treats as true";
            _change.Refuse(message, written, "write true or false, without quotes");
        }

        return auth.With(Override, WordChange.True(written));
    }

    // SAM accepts only a name here.
    private YamlMapping Named(YamlMapping auth, string subject, string path)
    {
        if (auth[Authorizer] is not YamlMapping written || !PropertyMerge.IsFunction(written))
            return auth;
        if (resolver.Resolve(written) is { } meant)
        {
            var message =
                $"{subject}, {path}: '{Authorizer}' is a function that returns NONE: SAM accepts no function there";
            if (IsNobody(meant))
                _change.Refuse(
                    message, written, "write Authorizer: NONE to open the route, or the name of an authorizer");
            return auth.With(Authorizer, meant);
        }

        const string Nothing = "a function that returns nothing, which SAM refuses: the guard of its API stays";
        _change.Say(subject, $"{path}.{Authorizer}", Nothing, written);
        return auth.Without(Authorizer);
    }

    private static bool IsNobody(YamlNode node) => node is YamlScalar { Value: "NONE" };
}
