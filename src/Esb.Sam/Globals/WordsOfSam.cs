using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// Values that SAM reads before CloudFormation evaluates functions. Some booleans count as true only if they are
/// <c>true</c> without quotes, and others unless they are <c>false</c> without quotes. Source: AWS SAM,
/// "samtranslator/swagger/swagger.py", "open_api/open_api.py", "model/sam_resources.py" and
/// "model/eventsources/push.py".
/// </summary>
internal sealed class WordsOfSam(Resolver resolver)
{
    private const string Credentials = "AllowCredentials";
    private const string Url = "FunctionUrlConfig";
    private const string AuthType = "AuthType";
    private const string Enabled = "Enabled";
    private const string Normalizes = "NormalizeBasePath";

    private readonly WordsOfAuth _auth = new(resolver);
    private readonly WordChange _change = new(resolver);

    /// <summary>Returns the properties as SAM reads them.</summary>
    /// <param name="subject">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">The properties, merged with <c>Globals</c> and not resolved.</param>
    public YamlMapping Read(string subject, string type, YamlMapping properties) => type switch
    {
        "AWS::Serverless::Api" => RestCors(Domain(_auth.Read(subject, type, properties), subject), subject),
        "AWS::Serverless::HttpApi" => HttpCors(_auth.Read(subject, type, properties), subject),
        "AWS::Serverless::Function" => FunctionUrl(Schedules(_auth.Read(subject, type, properties), subject), subject),
        _ => properties,
    };

    // SAM mistakes a function in place of the whole Cors for an origin, so a function that returns a mapping never
    // deploys.
    private YamlMapping RestCors(YamlMapping api, string subject)
    {
        if (api["Cors"] is not YamlMapping written)
            return api;
        if (!PropertyMerge.IsFunction(written))
            return _change.Below(api, "Cors", cors => WithoutUnseen(cors, subject, "Cors"));
        if (resolver.Resolve(written) is YamlMapping)
            _change.Refuse(
                $"{subject}: 'Cors' is a function that returns a mapping: SAM mistakes it for an origin",
                written,
                "write the mapping itself, with functions for its values");
        return api;
    }

    // SAM passes on a function in place of the whole CorsConfiguration, with everything in it.
    private YamlMapping HttpCors(YamlMapping api, string subject)
    {
        const string Key = "CorsConfiguration";
        switch (api[Key])
        {
            case YamlMapping written when !PropertyMerge.IsFunction(written):
                return _change.Below(api, Key, cors => WithoutUnseen(cors, subject, Key));
            case { } written when WordChange.IsText(written) && resolver.Resolve(written) is YamlScalar:
                _change.Refuse(
                    $"{subject}: '{Key}' is {WordChange.Kind(written)}, which SAM does not treat as a truth value",
                    written,
                    "write true, without quotes, or a mapping");
                return api.Without(Key);
            default:
                return api;
        }
    }

    private YamlMapping WithoutUnseen(YamlMapping cors, string subject, string path)
    {
        if (cors[Credentials] is not { } written || !WordChange.IsText(written))
            return cors;
        if (resolver.Resolve(written) is { } meant && !IsFalse(meant))
            _change.Say(
                subject,
                $"{path}.{Credentials}",
                $"{WordChange.Kind(written)}, which SAM does not treat as true",
                written);
        return cors.Without(Credentials);
    }

    private YamlMapping Domain(YamlMapping api, string subject) =>
        _change.Below(api, "Domain", domain => _change.Truth(domain, Normalizes, subject, "Domain", absent: true));

    private YamlMapping Schedules(YamlMapping function, string subject) =>
        _change.Below(function, "Events", events => events.Entries.Aggregate(events, (all, item) =>
            _change.Below(all, item.Key.Value, e => ResourceSet.Text(e["Type"]) == "Schedule"
                ? _change.Below(e, "Properties", p => Schedule(p, subject, $"Events.{item.Key.Value}"))
                : e)));

    private YamlMapping Schedule(YamlMapping properties, string subject, string path)
    {
        if (properties[Enabled] is not YamlScalar { IsPlain: false } text)
            return _change.Truth(properties, Enabled, subject, path, absent: true);
        if (bool.TryParse(text.Value, out _))
            _change.Refuse(
                $"{subject}: '{path}.{Enabled}' is text, which SAM refuses",
                text,
                "write true or false, without quotes");
        return properties;
    }

    // SAM creates the permission for everybody only if it can read the AuthType.
    private YamlMapping FunctionUrl(YamlMapping function, string subject) => _change.Below(function, Url, url =>
    {
        if (url[AuthType] is YamlMapping type && PropertyMerge.IsFunction(type))
            resolver.Scope.Context.UnseenUrls.Add(subject);
        return url;
    });

    private static bool IsFalse(YamlNode? node) =>
        node is YamlScalar text && text.Value.Trim('\'').Equals("false", StringComparison.OrdinalIgnoreCase);
}
