using System.Globalization;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>A usage plan: the stages that its keys open, and the limits.</summary>
/// <param name="Name">The result of <c>Ref</c>.</param>
/// <param name="Opens">The stages that its keys open, in the form of <c>apis</c> in routing.yml.</param>
/// <param name="Limits">The limits, as <c>rate</c>, <c>burst</c> and <c>quota</c> of routing.yml.</param>
internal sealed record UsagePlan(string Name, IReadOnlyList<YamlMapping> Opens, YamlMapping Limits);

/// <summary>The usage plans of all templates that are read together, including those that SAM creates.</summary>
internal sealed class UsagePlans
{
    private readonly Dictionary<string, UsagePlan> _plans = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, Api> _known;

    /// <summary>Reads the usage plans.</summary>
    /// <param name="resources">The resources of all templates.</param>
    /// <param name="known">The APIs of all templates.</param>
    public UsagePlans(ResourceSet resources, IReadOnlyDictionary<string, Api> known)
    {
        _known = known;
        foreach (var resource in resources.Of("AWS::ApiGateway::UsagePlan"))
            _plans[resource.Name] = Of(resource);
    }

    /// <summary>The plan with this name; null when no plan has it.</summary>
    public UsagePlan? this[string name] => _plans.GetValueOrDefault(name);

    /// <summary>Adds a plan that SAM creates for APIs.</summary>
    public UsagePlan Add(string name, YamlMapping written, IEnumerable<Api> apis) =>
        _plans[name] = new UsagePlan(
            name, [.. apis.Select(a => Opened(a.Id, a.Stage))], Limits([written["Throttle"]], written["Quota"]));

    /// <summary>Whether two plans that SAM creates have the same limits.</summary>
    public static bool HaveSameLimits(YamlMapping one, YamlMapping other) =>
        Limits([one["Throttle"]], one["Quota"]).ContentEquals(Limits([other["Throttle"]], other["Quota"]));

    private UsagePlan Of(TemplateResource plan)
    {
        List<YamlMapping> opens = [];
        List<YamlNode?> throttles = [plan.Properties["Throttle"]];
        foreach (var (stage, number) in ((plan.Properties["ApiStages"] as YamlSequence)?.Items.OfType<YamlMapping>()
            ?? []).Select((s, i) => (s, i)))
        {
            var property = $"ApiStages[{number}]";
            if (Opened(plan, property, stage) is not { } opened)
                continue;
            opens.Add(opened);
            if (stage["Throttle"] is not YamlMapping { Entries.Count: > 0 } methods)
                continue;
            throttles.AddRange(methods.Entries.Select(e => e.Value));
            plan.Context.LeaveOut(plan.LogicalId, $"{property}.Throttle", "methods do not have their own limits: "
                + "the strictest limit of them and of the plan applies to everything that a key opens", methods);
        }

        return new UsagePlan(plan.Name, opens, Limits(throttles, plan.Properties["Quota"]));
    }

    private YamlMapping? Opened(TemplateResource plan, string property, YamlMapping written)
    {
        var (id, stage) = (ResourceSet.Text(written["ApiId"]), ResourceSet.Text(written["Stage"]));
        if (id is null || stage is null)
        {
            plan.Context.LeaveOut(
                plan.LogicalId,
                property,
                "it names no stage of an API, so it opens nothing",
                written,
                "write ApiId and Stage");
            return null;
        }

        if (!_known.TryGetValue(id, out var api))
        {
            plan.Context.LeaveOut(
                plan.LogicalId,
                property,
                $"the API '{id}' is in no template that is deployed with it, so its keys do not open it",
                written,
                "write the key into routing.yml by hand");
            return null;
        }

        if (api.Stage != stage)
            plan.Context.LeaveOut(
                plan.LogicalId,
                property,
                $"the stage '{stage}' of '{id}' is not served, only '{api.Stage}' is",
                written);
        return Opened(id, stage);
    }

    private static YamlMapping Opened(string api, string stage) =>
        YamlMapping.Of(("api", YamlScalar.Text(api)), ("stage", YamlScalar.Text(stage)));

    private static YamlMapping Limits(IReadOnlyList<YamlNode?> throttles, YamlNode? quota)
    {
        var (written, burst) = (quota as YamlMapping, Least(throttles, "BurstLimit"));
        return YamlMapping.Of(
            // A burst alone would not limit the rate, so the burst then serves as the rate too.
            ("rate", Least(throttles, "RateLimit") ?? burst),
            ("burst", burst),
            ("quota", written is null ? null : YamlMapping.Of(
                ("limit", written["Limit"]), ("period", written["Period"]), ("offset", written["Offset"]))));
    }

    private static YamlScalar? Least(IEnumerable<YamlNode?> throttles, string limit) =>
        throttles.Select(t => (t as YamlMapping)?[limit]).OfType<YamlScalar>().Where(l => !l.IsNull)
            .MinBy(l => double.Parse(l.Value, CultureInfo.InvariantCulture));
}
