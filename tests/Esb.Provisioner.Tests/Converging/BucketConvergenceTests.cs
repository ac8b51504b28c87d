using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Buckets in real servers, called through a proxy that counts the calls.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class BucketConvergenceTests(LocalStores stores)
{
    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.S3Rver)]
    [Arguments(LocalStores.MotoServer)]
    public async Task A_bucket_is_created_with_cors_and_the_second_run_makes_no_change_call(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(s3: proxy.Address);
        var bucket = Clients.NewName("receipts");
        var manifest = BucketManifests.Of(bucket, BucketManifests.Cors("https://a.example"));

        var first = await run.ApplyAsync(manifest);
        proxy.Forget();
        var second = await run.RunAsync();

        await Assert.That(first.ExitCode).IsEqualTo(0).Because(first.ToString());
        await Assert.That(first.Output).Contains("created").And.Contains("CorsConfiguration: none → 1 rule");
        await Assert.That(second.Output.Trim()).IsEqualTo($"bucket  {bucket}  unchanged").Because(second.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        using var client = Clients.S3(proxy.Address);
        var rules = (await client.GetCORSConfigurationAsync(bucket)).Configuration.Rules;
        await Assert.That(rules.Single().AllowedOrigins).IsEquivalentTo(["https://a.example"]);
    }

    [Test]
    public async Task Pages_of_the_origins_in_a_template_may_use_its_bucket_and_others_may_not()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Stores));
        using var run = new ProvisionerRun(s3: proxy.Address);
        var bucket = Clients.NewName("receipts");
        await run.ApplyAsync(BucketManifests.Of(bucket, BucketManifests.Cors("https://a.example")));
        using var http = new HttpClient();

        using var allowed = await PreflightAsync("https://a.example");
        using var foreign = await PreflightAsync("https://b.example");

        await Assert.That((int)allowed.StatusCode).IsEqualTo(200);
        await Assert.That(allowed.Headers.GetValues("Access-Control-Allow-Origin").Single())
            .IsEqualTo("https://a.example");
        await Assert.That(allowed.Headers.GetValues("Access-Control-Max-Age").Single()).IsEqualTo("60");
        await Assert.That((int)foreign.StatusCode).IsEqualTo(403);

        async Task<HttpResponseMessage> PreflightAsync(string origin)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Options, new Uri(await stores.AddressAsync(LocalStores.Stores), $"/{bucket}/a"));
            foreach (var (name, value) in new[]
            {
                ("Origin", origin),
                ("Access-Control-Request-Method", "PUT"),
                ("Access-Control-Request-Headers", "content-type"),
            })
                request.Headers.Add(name, value);
            return await http.SendAsync(request);
        }
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Lifecycle_and_cors_change_and_are_removed_and_the_objects_stay(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(s3: proxy.Address);
        using var client = Clients.S3(proxy.Address);
        var bucket = Clients.NewName("receipts");
        await run.ApplyAsync(BucketManifests.Of(
            bucket, BucketManifests.Cors("https://a.example") + "\n" + BucketManifests.Lifecycle(3)));
        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "one", ContentBody = "kept" });
        proxy.Forget();

        var changed = await run.ApplyAsync(BucketManifests.Of(
            bucket, BucketManifests.Cors("https://b.example") + "\n" + BucketManifests.Lifecycle(7)));
        var changes = proxy.Changes.Count;
        var days = (await client.GetLifecycleConfigurationAsync(bucket)).Configuration.Rules.Single(
            r => r.Id == "old").Expiration.Days;
        var origin = (await client.GetCORSConfigurationAsync(bucket)).Configuration.Rules.Single()
            .AllowedOrigins.Single();
        var gone = await run.ApplyAsync(BucketManifests.Of(
            bucket, "CorsConfiguration: {CorsRules: []}\nLifecycleConfiguration: {Rules: []}"));
        proxy.Forget();
        var again = await run.RunAsync();

        await Assert.That(changed.ExitCode).IsEqualTo(0).Because(changed.ToString());
        await Assert.That(changes).IsEqualTo(2);
        await Assert.That(days).IsEqualTo(7);
        await Assert.That(origin).IsEqualTo("https://b.example");
        await Assert.That(gone.Output).Contains("CorsConfiguration: 1 rule → none").And.Contains(
            "LifecycleConfiguration: 2 rules → none").Because(gone.ToString());
        await Assert.That(again.Output).Contains("unchanged").Because(again.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        using var answer = await client.GetObjectAsync(bucket, "one");
        using var reader = new StreamReader(answer.ResponseStream);
        await Assert.That(await reader.ReadToEndAsync()).IsEqualTo("kept");
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task A_bucket_without_a_policy_has_none(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(s3: proxy.Address);
        var bucket = Clients.NewName("receipts");

        var created = await run.ApplyAsync(BucketManifests.Of(bucket, BucketManifests.Administration(bucket)));

        await Assert.That(created.Output).Contains("PolicyDocument: none → ").Because(created.ToString());
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Policy_tags_encryption_and_access_block_are_applied_and_other_tags_stay(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(s3: proxy.Address);
        using var client = Clients.S3(proxy.Address);
        var bucket = Clients.NewName("receipts");
        await run.ApplyAsync(BucketManifests.Of(bucket, "Tags: [{Key: team, Value: old}]"));
        await client.PutBucketTaggingAsync(
            bucket, [new Tag { Key = "owner", Value = "somebody" }, new Tag { Key = "team", Value = "old" }]);

        var result = await run.ApplyAsync(BucketManifests.Of(bucket, BucketManifests.Administration(bucket)));
        proxy.Forget();
        var again = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(again.Output).Contains("unchanged").Because(again.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        var tags = (await client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket })).TagSet;
        await Assert.That(tags.Select(t => $"{t.Key}={t.Value}")).IsEquivalentTo(["owner=somebody", "team=shop"]);
        var policy = await client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = bucket });
        await Assert.That(policy.Policy).Contains("s3:GetObject");
    }

    [Test]
    public async Task Versioning_notifications_and_website_are_applied_where_the_store_supports_them()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.MotoServer));
        using var run = new ProvisionerRun(s3: proxy.Address);
        using var client = Clients.S3(proxy.Address);
        var bucket = Clients.NewName("receipts");

        var result = await run.ApplyAsync(BucketManifests.Of(bucket, BucketManifests.Rare));
        proxy.Forget();
        var again = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Error).IsEmpty();
        await Assert.That(again.Output).Contains("unchanged").Because(again.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        await Assert.That((await client.GetBucketVersioningAsync(bucket)).VersioningConfig.Status.Value)
            .IsEqualTo("Enabled");
    }

    [Test]
    [Arguments(LocalStores.Stores, "WebsiteConfiguration")]
    [Arguments(LocalStores.S3Rver, "VersioningConfiguration")]
    public async Task Features_that_a_store_lacks_are_reported_and_the_rest_is_applied(string server, string lacking)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(s3: proxy.Address);
        var bucket = Clients.NewName("receipts");

        var first = await run.ApplyAsync(BucketManifests.Of(
            bucket, BucketManifests.Rare + "\n" + BucketManifests.Cors("*")));

        await Assert.That(first.ExitCode).IsEqualTo(0).Because(first.ToString());
        await Assert.That(first.Output).Contains("CorsConfiguration: none → 1 rule");
        await Assert.That(first.Error).Contains($"{lacking} is left as it is")
            .And.Contains("NotificationConfiguration is left as it is");
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.S3Rver)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Three_runs_at_once_all_succeed_for_one_bucket(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(s3: address);
        await File.WriteAllTextAsync(
            run.Manifest, BucketManifests.Of(Clients.NewName("both"), BucketManifests.Cors("*")));

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => run.RunAsync()));

        foreach (var result in results)
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
    }
}
