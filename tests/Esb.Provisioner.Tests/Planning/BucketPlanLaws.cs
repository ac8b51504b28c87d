using CsCheck;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tests.Planning;

/// <summary>Properties that hold for every pair of a wanted and an actual bucket.</summary>
public sealed class BucketPlanLaws
{
    private static readonly Gen<BucketSetting> Setting = Gen.OneOf(
        Gen.Bool.Select(on => (BucketSetting)new VersioningSetting(on)),
        Gen.Int[0, 2].Select(count => (BucketSetting)new CorsSetting(
            [.. Enumerable.Range(0, count).Select(i => new CorsRule(null, ["GET"], [$"https://{i}.example"]))])),
        Gen.Int[0, 2].Select(count => (BucketSetting)new LifecycleSetting(
            [.. Enumerable.Range(0, count).Select(i => new LifecycleRule($"{i}", true) { ExpirationDays = 3 })])),
        Gen.Select(
            Gen.OneOf("a", "b"),
            Gen.OneOf("x", "y"),
            (key, value) => (BucketSetting)new TagSetting([KeyValuePair.Create(key, value)])),
        Gen.Bool.Select(on => (BucketSetting)new PublicAccessSetting(on, false, on, false)),
        Gen.OneOf("", """{"Statement":[]}""").Select(json => (BucketSetting)new PolicySetting(json)));

    private static readonly Gen<Sequence<BucketSetting>> Settings = Setting.Array[0, 5]
        .Select(s => (Sequence<BucketSetting>)[.. s.DistinctBy(x => x.Property)]);

    private static readonly Gen<(WantedBucket Wanted, BucketState? Actual, PlanTerms Terms)> Cases = Gen.Select(
        Settings.Select(s => new WantedBucket("bucket", s)),
        Gen.Frequency((1, Gen.Const((BucketState?)null)), (4, Settings.Select(s => (BucketState?)State(s)))),
        Gen.OneOf(BucketProperty.Cors, BucketProperty.Versioning, BucketProperty.Tags, "none")
            .Select(lacks => new PlanTerms("the model", new HashSet<string> { lacks }, false)));

    [Test]
    public void An_applied_plan_reaches_the_wanted_state_except_for_its_findings() => Cases.Sample(c =>
    {
        var plan = BucketPlan.Of(c.Wanted, c.Actual, c.Terms);
        var after = plan.Changes.Aggregate(c.Actual, Apply)!;
        var named = plan.Findings.Select(f => f.Property).ToHashSet();
        return c.Wanted.Settings.All(s => named.Contains(s.Property)
            || IsThere(s, after.Settings.GetValueOrDefault(s.Property)));
    });

    [Test]
    public void A_plan_after_an_applied_plan_is_empty() => Cases.Sample(c =>
    {
        var after = BucketPlan.Of(c.Wanted, c.Actual, c.Terms).Changes.Aggregate(c.Actual, Apply);
        return BucketPlan.Of(c.Wanted, after, c.Terms).Changes.Count == 0;
    });

    [Test]
    public void Settings_that_a_manifest_does_not_name_stay_as_they_are() => Cases.Sample(c =>
    {
        if (c.Actual is not { } before)
            return true;
        var after = BucketPlan.Of(c.Wanted, before, c.Terms).Changes.Aggregate(c.Actual, Apply)!;
        var unnamed = before.Settings.Values.Where(s => !c.Wanted.Settings.Any(w => w.Property == s.Property));
        return unnamed.All(s => s.Equals(after.Settings[s.Property]))
            && ((before.Settings.GetValueOrDefault(BucketProperty.Tags) as TagSetting)?.Tags ?? [])
                .All(t => ((TagSetting)after.Settings[BucketProperty.Tags]).Tags.Any(a => a.Key == t.Key));
    });

    private static BucketState Apply(BucketState? bucket, Change change) => (bucket, change) switch
    {
        (null, CreateBucket) => State([]),
        ({ } b, PutSetting put) => State([.. b.Settings.Values.Where(s => s.Property != put.To.Property), put.To]),
        _ => throw new InvalidOperationException(change.Text),
    };

    // A store omits settings with their default.
    private static BucketState State(IEnumerable<BucketSetting> settings) =>
        new(settings.Where(s => !s.IsDefault).ToDictionary(s => s.Property));

    private static bool IsThere(BucketSetting wanted, BucketSetting? actual) => wanted switch
    {
        _ when wanted.IsDefault => actual is null,
        TagSetting tags => actual is TagSetting there && tags.Tags.All(there.Tags.Contains),
        _ => wanted.Equals(actual),
    };
}
