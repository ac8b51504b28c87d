using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Keys that APIs ask for, in the form of routing.yml: those of <c>AWS::ApiGateway::ApiKey</c> with the limits of their usage plan, and
/// one for each SAM API that makes a plan of its own. A value that no template says stands in a variable of the gateway. On AWS a key opens
/// the stages of its usage plans and nothing else; so it does here, and one that opens nothing is written too, since it may be live already.
/// </summary>
internal sealed class ApiKeys
{
    private const string Type = "AWS::ApiGateway::ApiKey";

    private readonly UsagePlans _plans;
    private readonly ILookup<string, TemplateResource> _links;
    private readonly OrderedDictionary<string, YamlMapping> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private ApiKeys(ResourceSet resources, UsagePlans plans)
    {
        _plans = plans;
        _links = resources.Of("AWS::ApiGateway::UsagePlanKey").ToLookup(k => ResourceSet.Text(k.Properties["KeyId"]) ?? "");
    }

    /// <summary>Makes them.</summary>
    /// <param name="resources">Of all templates: keys, plans and what links them may stand in different ones.</param>
    /// <param name="templates">The APIs of each template.</param>
    public static IReadOnlyList<YamlMapping> Of(ResourceSet resources, IReadOnlyList<(StackContext Context, ApiSet Apis)> templates)
    {
        var known = new Dictionary<string, Api>(StringComparer.Ordinal);
        foreach (var api in templates.SelectMany(t => t.Apis.All))
            known.TryAdd(api.Id, api);
        var keys = new ApiKeys(resources, new UsagePlans(resources, known));
        List<PlannedKey> planned = [.. templates.SelectMany(t => keys.Planned(t.Context, t.Apis))];
        foreach (var resource in resources.Of(Type))
            keys.Add(resource);
        foreach (var key in planned)
            keys.Add(key);
        keys.NoteLost();
        return [.. keys._keys.Values];
    }

    // The plans that SAM makes, before anybody asks for one by its name. What is shared has one key, whatever the number of APIs.
    private IEnumerable<PlannedKey> Planned(StackContext context, ApiSet apis)
    {
        List<Api> shared = [.. apis.All.Where(a => KindOf(a) == "SHARED")];
        if (shared.Count > 0)
        {
            var last = shared[^1];
            var plan = _plans.Add(context.NameOf("ServerlessUsagePlan"), last.UsagePlan!, shared);
            foreach (var other in shared.Where(a => !UsagePlans.HaveSameLimits(a.UsagePlan!, last.UsagePlan!)))
                context.LeaveOut(other.Id, "Auth.UsagePlan", $"the APIs share one usage plan, and that of '{last.Id}' holds", other.UsagePlan!, "give all of them the same limits");
            yield return new PlannedKey(context, context.NameOf("ServerlessApiKey"), last.Id, last.UsagePlan!, plan);
        }

        foreach (var api in apis.All.Where(a => KindOf(a) == "PER_API"))
            yield return new PlannedKey(context, $"{api.Id}ApiKey", api.Id, api.UsagePlan!, _plans.Add($"{api.Id}UsagePlan", api.UsagePlan!, [api]));
    }

    private static string? KindOf(Api api) => ResourceSet.Text(api.UsagePlan?["CreateUsagePlan"]);

    private void Add(TemplateResource key)
    {
        var (name, written, context) = (ResourceSet.Text(key.Properties["Name"]) ?? key.Name, ResourceSet.Text(key.Properties["Enabled"]), key.Context);
        var enabled = written?.ToUpperInvariant() == "TRUE";
        if (written is null)
            context.Diagnostics.Warning(DiagnosticCodes.MissingKey, $"{key.LogicalId}: the key is switched off, as on AWS: it does not say Enabled", key.Key, "write Enabled: true");
        var plans = PlansOf(key.Name);
        if (enabled && plans.Count == 0)
            context.LeaveOut(key.LogicalId, Type, "no usage plan gives it to an API, so that it opens nothing", key.Key, "join them by AWS::ApiGateway::UsagePlan and UsagePlanKey");
        else if (enabled && plans.All(p => p.Opens.Count == 0))
            context.LeaveOut(key.LogicalId, Type, "its usage plan has no API, so that it opens nothing", key.Key, "name the APIs in ApiStages of the plan");
        _ids.Add(key.Name);
        Add(context, key.LogicalId, key.Key, Form(name, ResourceSet.Text(key.Properties["Value"]), enabled, Together(context, key.LogicalId, key.Key, plans)));
    }

    private void Add(PlannedKey key)
    {
        _ids.Add(key.Name);
        Add(key.Context, key.Api, key.At, Form(key.Name, null, enabled: true, Together(key.Context, key.Api, key.At, [key.Plan, .. PlansOf(key.Name).Where(p => p != key.Plan)])));
    }

    // Names need not be unique on AWS, where keys have ids.
    private void Add(StackContext context, string resource, YamlNode at, YamlMapping key)
    {
        var (name, value) = (ResourceSet.Text(key["name"])!, ResourceSet.Text(key["value"]));
        if (value is not null && !_values.TryAdd(value, resource))
            context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{resource}: the key has the value of the key '{_values[value]}'", at, "each key has a value of its own");
        if (!_keys.TryAdd(name, key))
            context.LeaveOut(resource, "Name", $"another key has the name '{name}' too, and only that one is served", at, "give each key a name of its own");
    }

    private List<UsagePlan> PlansOf(string key)
    {
        List<UsagePlan> plans = [];
        foreach (var link in _links[key])
        {
            var name = ResourceSet.Text(link.Properties["UsagePlanId"]) ?? "";
            if (_plans[name] is not { } plan)
                link.Context.LeaveOut(link.LogicalId, "UsagePlanId", $"the usage plan '{name}' is in none of the templates", link.Key);
            else if (!plans.Contains(plan))
                plans.Add(plan);
        }

        return plans;
    }

    // A key is counted once here, and on AWS in each of its plans.
    private static UsagePlan? Together(StackContext context, string resource, YamlNode at, List<UsagePlan> plans)
    {
        if (plans.Count == 0)
            return null;
        foreach (var other in plans.Skip(1).Where(p => !p.Limits.ContentEquals(plans[0].Limits)))
            context.LeaveOut(resource, "UsagePlanKey", $"a key has the limits of one usage plan: what '{other.Name}' opens beside '{plans[0].Name}' stays closed to it", at, "give both plans the same limits, or each a key of its own");
        return plans[0] with { Opens = [.. plans.Where(p => p.Limits.ContentEquals(plans[0].Limits)).SelectMany(p => p.Opens)] };
    }

    private void NoteLost()
    {
        foreach (var link in _links.Where(l => !_ids.Contains(l.Key)).SelectMany(l => l))
            link.Context.LeaveOut(link.LogicalId, "KeyId", $"the API key '{ResourceSet.Text(link.Properties["KeyId"])}' is in none of the templates", link.Key);
    }

    private static YamlMapping Form(string name, string? value, bool enabled, UsagePlan? plan) => YamlMapping.Of(
        ("name", YamlScalar.Text(name)),
        ("value", value is null ? null : YamlScalar.Text(value)),
        ("enabled", enabled ? null : YamlScalar.Boolean(false)),
        ("rate", plan?.Limits["rate"]),
        ("burst", plan?.Limits["burst"]),
        ("quota", plan?.Limits["quota"]),
        ("apis", new YamlSequence([.. plan?.Opens.DistinctBy(o => $"{o["api"]}\n{o["stage"]}") ?? []])));
}

/// <summary>A key that SAM makes with a usage plan.</summary>
/// <param name="Context">Where its API stands.</param>
/// <param name="Name">What <c>Ref</c> of it gives.</param>
/// <param name="Api">The API, or the last of those that share it.</param>
/// <param name="At">The plan as it is written.</param>
/// <param name="Plan">What it opens.</param>
internal sealed record PlannedKey(StackContext Context, string Name, string Api, YamlMapping At, UsagePlan Plan);
