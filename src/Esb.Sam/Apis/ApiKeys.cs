using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// The API keys, in the form of routing.yml: each <c>AWS::ApiGateway::ApiKey</c> with the limits of its usage plan, and
/// one key for each SAM API that creates a plan. When no template gives the value of a key, the gateway takes it from
/// an environment variable. As on AWS, a key opens the stages of its usage plans and nothing else. A key that opens
/// nothing is written too, because it may be in use already.
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
        _links = resources.Of("AWS::ApiGateway::UsagePlanKey")
            .ToLookup(k => ResourceSet.Text(k.Properties["KeyId"]) ?? "");
    }

    /// <summary>Reads the keys.</summary>
    /// <param name="resources">
    /// The resources of all templates, because a key, its plan and the link between them can be in different templates.
    /// </param>
    /// <param name="templates">The APIs of each template.</param>
    public static IReadOnlyList<YamlMapping> Of(
        ResourceSet resources,
        IReadOnlyList<(StackContext Context, ApiSet Apis)> templates)
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
        keys.ReportUnknownKeys();
        return [.. keys._keys.Values];
    }

    // The plans that SAM creates come first, because keys refer to them by name. APIs that share a plan have one key.
    private IEnumerable<PlannedKey> Planned(StackContext context, ApiSet apis)
    {
        List<Api> shared = [.. apis.All.Where(a => KindOf(a) == "SHARED")];
        if (shared.Count > 0)
        {
            var last = shared[^1];
            var plan = _plans.Add(context.NameOf("ServerlessUsagePlan"), last.UsagePlan!, shared);
            foreach (var other in shared.Where(a => !UsagePlans.HaveSameLimits(a.UsagePlan!, last.UsagePlan!)))
                context.LeaveOut(
                    other.Id,
                    "Auth.UsagePlan",
                    $"the APIs share one usage plan, and that of '{last.Id}' applies",
                    other.UsagePlan!,
                    "give all of them the same limits");
            yield return new PlannedKey(context, context.NameOf("ServerlessApiKey"), last.Id, last.UsagePlan!, plan);
        }

        foreach (var api in apis.All.Where(a => KindOf(a) == "PER_API"))
        {
            var plan = _plans.Add($"{api.Id}UsagePlan", api.UsagePlan!, [api]);
            yield return new PlannedKey(context, $"{api.Id}ApiKey", api.Id, api.UsagePlan!, plan);
        }
    }

    private static string? KindOf(Api api) => ResourceSet.Text(api.UsagePlan?["CreateUsagePlan"]);

    private void Add(TemplateResource key)
    {
        var (name, written, context) = (
            ResourceSet.Text(key.Properties["Name"]) ?? key.Name,
            ResourceSet.Text(key.Properties["Enabled"]),
            key.Context);
        var enabled = written?.ToUpperInvariant() == "TRUE";
        if (written is null)
            context.Diagnostics.Warning(
                DiagnosticCodes.MissingKey,
                $"{key.LogicalId}: the key is disabled, as on AWS, because Enabled is not given",
                key.Key,
                "write Enabled: true");
        var plans = PlansOf(key.Name);
        if (enabled && plans.Count == 0)
            context.LeaveOut(
                key.LogicalId,
                Type,
                "no usage plan connects it to an API, so it opens nothing",
                key.Key,
                "connect them with AWS::ApiGateway::UsagePlan and UsagePlanKey");
        else if (enabled && plans.All(p => p.Opens.Count == 0))
            context.LeaveOut(
                key.LogicalId,
                Type,
                "its usage plan has no API, so it opens nothing",
                key.Key,
                "name the APIs in the plan's ApiStages");
        _ids.Add(key.Name);
        var plan = Combined(context, key.LogicalId, key.Key, plans);
        var form = Form(name, ResourceSet.Text(key.Properties["Value"]), enabled, plan);
        Add(context, key.LogicalId, key.Key, form);
    }

    private void Add(PlannedKey key)
    {
        _ids.Add(key.Name);
        List<UsagePlan> plans = [key.Plan, .. PlansOf(key.Name).Where(p => p != key.Plan)];
        var plan = Combined(key.Context, key.Api, key.At, plans);
        Add(key.Context, key.Api, key.At, Form(key.Name, null, enabled: true, plan));
    }

    // On AWS, keys have ids, so their names need not be unique.
    private void Add(StackContext context, string resource, YamlNode at, YamlMapping key)
    {
        var (name, value) = (ResourceSet.Text(key["name"])!, ResourceSet.Text(key["value"]));
        if (value is not null && !_values.TryAdd(value, resource))
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{resource}: the key has the same value as the key '{_values[value]}'",
                at,
                "give each key its own value");
        if (!_keys.TryAdd(name, key))
            context.LeaveOut(
                resource,
                "Name",
                $"another key is also named '{name}', and only that one is served",
                at,
                "give each key its own name");
    }

    private List<UsagePlan> PlansOf(string key)
    {
        List<UsagePlan> plans = [];
        foreach (var link in _links[key])
        {
            var name = ResourceSet.Text(link.Properties["UsagePlanId"]) ?? "";
            if (_plans[name] is not { } plan)
                link.Context.LeaveOut(
                    link.LogicalId, "UsagePlanId", $"the usage plan '{name}' is in none of the templates", link.Key);
            else if (!plans.Contains(plan))
                plans.Add(plan);
        }

        return plans;
    }

    // Here, a key has one count of requests; on AWS, it has one in each of its plans.
    private static UsagePlan? Combined(StackContext context, string resource, YamlNode at, List<UsagePlan> plans)
    {
        if (plans.Count == 0)
            return null;
        foreach (var other in plans.Skip(1).Where(p => !p.Limits.ContentEquals(plans[0].Limits)))
            context.LeaveOut(
                resource,
                "UsagePlanKey",
                $"a key has the limits of one usage plan: what '{other.Name}' opens in addition to '{plans[0].Name}' "
                    + "stays closed to it",
                at,
                "give both plans the same limits, or give each a key of its own");
        return plans[0] with
        {
            Opens = [.. plans.Where(p => p.Limits.ContentEquals(plans[0].Limits)).SelectMany(p => p.Opens)],
        };
    }

    private void ReportUnknownKeys()
    {
        foreach (var link in _links.Where(l => !_ids.Contains(l.Key)).SelectMany(l => l))
            link.Context.LeaveOut(
                link.LogicalId,
                "KeyId",
                $"the API key '{ResourceSet.Text(link.Properties["KeyId"])}' is in none of the templates",
                link.Key);
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

/// <summary>A key that SAM creates together with a usage plan.</summary>
/// <param name="Context">The template of its API.</param>
/// <param name="Name">The result of <c>Ref</c>.</param>
/// <param name="Api">The API; for a shared key, the last of the APIs that share it.</param>
/// <param name="At">The plan as written.</param>
/// <param name="Plan">The plan as read.</param>
internal sealed record PlannedKey(StackContext Context, string Name, string Api, YamlMapping At, UsagePlan Plan);
