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
    public static IReadOnlyList<YamlMapping> Of(ResourceSet resources, ApiSet apis)
    {
        var plans = resources.Of("AWS::ApiGateway::UsagePlan").ToDictionary(p => p.Name, p => p.Properties, StringComparer.Ordinal);
        var planOf = resources.Of("AWS::ApiGateway::UsagePlanKey").ToLookup(k => ResourceSet.Text(k.Properties["KeyId"]) ?? "", k => ResourceSet.Text(k.Properties["UsagePlanId"]) ?? "");
        List<YamlMapping> keys = [];
        foreach (var key in resources.Of("AWS::ApiGateway::ApiKey").Where(k => k.Properties["Enabled"] is not YamlScalar { Value: "false" or "False" }))
        {
            List<YamlMapping> own = [.. planOf[key.Name].Select(plans.GetValueOrDefault).OfType<YamlMapping>()];
            keys.Add(Key(ResourceSet.Text(key.Properties["Name"]) ?? key.Name, ResourceSet.Text(key.Properties["Value"]), own.FirstOrDefault(), [.. own.SelectMany(ApisOf).Distinct()]));
        }

        List<Api> planned = [.. apis.All.Where(a => a.UsagePlan is { } plan && plan["CreateUsagePlan"] is YamlScalar { Value: "PER_API" or "SHARED" })];
        List<string> shared = [.. planned.Where(a => a.UsagePlan!["CreateUsagePlan"] is YamlScalar { Value: "SHARED" }).Select(a => a.Id)];
        foreach (var api in planned)
            keys.Add(Key($"{api.Id}ApiKey", null, api.UsagePlan, shared.Contains(api.Id) ? shared : [api.Id]));
        return keys;
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
