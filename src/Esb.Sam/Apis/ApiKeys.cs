using System.Globalization;
using System.Text;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Keys that APIs ask for, in the form of routing.yml: those of <c>AWS::ApiGateway::ApiKey</c> with the limits of their usage plan, and
/// one for each SAM API that makes a plan of its own. A value that no template says stands in a variable of the gateway.
/// </summary>
internal static class ApiKeys
{
    /// <summary>Makes them.</summary>
    /// <param name="resources">Of all templates: keys, plans and what links them may stand in different ones.</param>
    /// <param name="templates">The APIs of each template.</param>
    public static IReadOnlyList<YamlMapping> Of(ResourceSet resources, IReadOnlyList<ApiSet> templates)
    {
        var plans = resources.Of("AWS::ApiGateway::UsagePlan").ToDictionary(p => p.Name, StringComparer.Ordinal);
        var planOf = resources.Of("AWS::ApiGateway::UsagePlanKey").ToLookup(k => ResourceSet.Text(k.Properties["KeyId"]) ?? "");
        List<YamlMapping> keys = [];
        foreach (var key in resources.Of("AWS::ApiGateway::ApiKey").Where(k => k.Properties["Enabled"] is not YamlScalar { Value: "false" or "False" }))
        {
            List<YamlMapping> own = [.. planOf[key.Name].Select(link => PlanOf(link, plans)).OfType<TemplateResource>().Select(p => p.Properties)];
            List<string> apis = [.. own.SelectMany(ApisOf).Distinct()];
            // A key without an API in its plan opens nothing; in routing.yml a key without APIs would open every one.
            if (apis.Count == 0)
                key.Context.LeaveOut(key.LogicalId, "AWS::ApiGateway::ApiKey", "no usage plan joins it to an API, so that it opens nothing", key.Key, "join them by AWS::ApiGateway::UsagePlan and UsagePlanKey");
            else
                keys.Add(Key(ResourceSet.Text(key.Properties["Name"]) ?? key.Name, ResourceSet.Text(key.Properties["Value"]), own[0], apis));
        }

        foreach (var apis in templates)
            keys.AddRange(Planned([.. apis.All.Where(a => a.UsagePlan is { } plan && plan["CreateUsagePlan"] is YamlScalar { Value: "PER_API" or "SHARED" })]));
        return keys;
    }

    private static IEnumerable<YamlMapping> Planned(IReadOnlyList<Api> planned)
    {
        List<string> shared = [.. planned.Where(a => a.UsagePlan!["CreateUsagePlan"] is YamlScalar { Value: "SHARED" }).Select(a => a.Id)];
        return planned.Select(api => Key($"{api.Id}ApiKey", null, api.UsagePlan, shared.Contains(api.Id) ? shared : [api.Id]));
    }

    private static TemplateResource? PlanOf(TemplateResource link, Dictionary<string, TemplateResource> plans)
    {
        var plan = ResourceSet.Text(link.Properties["UsagePlanId"]) ?? "";
        if (plans.GetValueOrDefault(plan) is { } found)
            return found;
        link.Context.LeaveOut(link.LogicalId, "UsagePlanId", $"the usage plan '{plan}' is in none of the templates", link.Key);
        return null;
    }

    private static IEnumerable<string> ApisOf(YamlMapping plan) =>
        (plan["ApiStages"] as YamlSequence)?.Items.Select(s => ResourceSet.Text((s as YamlMapping)?["ApiId"])).OfType<string>() ?? [];

    // A key opens the APIs of its plan and no other one.
    private static YamlMapping Key(string name, string? value, YamlMapping? plan, List<string> apis)
    {
        var throttle = plan?["Throttle"] as YamlMapping;
        var quota = plan?["Quota"] as YamlMapping;
        return YamlMapping.Of(
            ("name", YamlScalar.Text(name)),
            ("value", value is null ? null : YamlScalar.Text(value)),
            ("value_env", value is null ? YamlScalar.Text(Variable(name)) : null),
            ("rate", throttle?["RateLimit"]),
            ("burst", throttle?["BurstLimit"]),
            ("quota", quota is null ? null : YamlMapping.Of(("limit", quota["Limit"]), ("period", quota["Period"]), ("offset", quota["Offset"]))),
            ("apis", apis.Count == 0 ? null : YamlSequence.OfText(apis)));
    }

    // OrdersApiKey → API_KEY_ORDERS_API_KEY.
    private static string Variable(string name)
    {
        var text = new StringBuilder("API_KEY");
        for (var i = 0; i < name.Length; i++)
        {
            if (i == 0 || (char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1])))
                text.Append('_');
            if (char.IsAsciiLetterOrDigit(name[i]))
                text.Append(char.ToUpper(name[i], CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
