using Esb.Cli.Commands;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Deploying;

internal sealed class DeployTransactionTests
{
    [Test]
    public async Task A_second_template_is_merged_into_the_first_and_takes_precedence_where_both_name_a_route()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: "/shared"));
        var result = await folder.DeployAsync(ConfigurationFixture.Incoming("receipts", path: "/shared"));
        await Assert.That(folder.Text("functions.yml")).Contains("orders:").And.Contains("receipts:");
        await Assert.That(result.Plan.RoutesAfter["GET /shared"].Target).IsEqualTo("receipts");
        await Assert.That(result.Plan.RoutesBefore["GET /shared"].Target).IsEqualTo("orders");
        await Assert.That(result.Plan.Functions.Changes.Single().Kind).IsEqualTo(ChangeKind.Added);
        await Assert.That(ConfigurationHash.Of(Bytes(folder, "functions.yml"), Bytes(folder, "routing.yml")))
            .IsEqualTo(result.Plan.Hash);
    }

    [Test]
    [Arguments("/users/{a}", "/users/{b}")]
    [Arguments("/files/{a+}", "/files/{b+}")]
    [Arguments("/users/a", "/users/%61/")]
    public async Task A_route_that_takes_the_requests_of_another_replaces_it_until_the_other_is_deployed_again(
        string first, string second)
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: first));
        var replaced = await folder.DeployAsync(ConfigurationFixture.Incoming("receipts", path: second));
        await Assert.That(Routes(replaced.Plan)).IsEqualTo($"~ GET {second}   was orders (GET {first}), now receipts");
        await Assert.That(string.Join('\n', PreviewTable.Lines(replaced.Plan, all: true, 200)))
            .Contains($"was orders (GET {first}), now receipts");
        await Assert.That(folder.Text("routing.yml")).DoesNotContain("orders");
        var back = await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: first));
        await Assert.That(back.Plan.Writes).IsTrue();
        await Assert.That(Routes(back.Plan)).IsEqualTo($"~ GET {first}   was receipts (GET {second}), now orders");
        await Assert.That(folder.Text("routing.yml")).Contains("orders").And.DoesNotContain("receipts");
    }

    [Test]
    public async Task The_same_deploy_again_writes_no_byte_but_runs_the_provisioner()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var before = folder.Files();
        var again = await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await Assert.That(again.Plan.Writes).IsFalse();
        await Assert.That(folder.Files()).IsEquivalentTo(before);
        await Assert.That((await File.ReadAllLinesAsync(folder.Log)).Length).IsEqualTo(2);
    }

    [Test]
    [Arguments(
        "resources.yml:3:5: warning: table 'orders': GlobalSecondaryIndexes is left as it is: "
            + "dynalite cannot change it", true)]
    [Arguments("warning: table 'orders': x", true)]
    [Arguments("waiting for the store", false)]
    public async Task A_strict_deploy_asks_the_stores_before_it_writes_and_fails_if_they_lack_a_feature(
        string said,
        bool ends)
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var before = folder.Files();
        var runs = (await File.ReadAllLinesAsync(folder.Log)).Length;
        var seen = folder.Log + ".seen";
        var provisioner = folder.Provisioner(more: $"""
            if [ "$1" = --dry-run ]; then cp "$RESOURCES_YML" {seen}; fi
            echo "{said}" >&2
            """);
        var deploy = new DeployTransaction(folder.Folder, provisioner) { Strict = true }
            .RunAsync(ConfigurationFixture.Incoming("receipts"), ConfigurationFixture.Lock, CancellationToken.None);
        if (ends)
        {
            var failure = await Assert.ThrowsAsync<CommandFailure>(() => deploy);
            await Assert.That(failure!.Message).IsEqualTo("--strict: the stores of this platform do not support all "
                + "that is set for tables and buckets; nothing was changed");
            await Assert.That(failure.Details)
                .IsEquivalentTo([said[(said.IndexOf("warning: ", StringComparison.Ordinal) + 9)..]]);
            await Assert.That(folder.Files()).IsEquivalentTo(before);
        }
        else
        {
            await Assert.That((await deploy).Plan.Writes).IsTrue();
        }

        // The manifest of that question is what the file would contain.
        await Assert.That(await File.ReadAllTextAsync(seen)).Contains("orders").And.Contains("receipts");
        await Assert.That((await File.ReadAllLinesAsync(folder.Log)).Length).IsEqualTo(runs + (ends ? 1 : 2));
        await Assert.That(Directory.EnumerateFiles(folder.Folder, ".*esb-tmp*")).IsEmpty();
    }

    [Test]
    public async Task A_deploy_that_is_not_strict_does_not_ask_the_stores_first()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(
            ConfigurationFixture.Incoming("orders"), folder.Provisioner(more: "echo 'warning: x' >&2"));
        await Assert.That((await File.ReadAllLinesAsync(folder.Log)).Length).IsEqualTo(1);
    }

    [Test]
    public async Task The_provisioner_gets_the_merged_manifest_and_the_addresses_of_the_stores()
    {
        using var folder = new ConfigurationFixture();
        var result = await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await Assert.That(result.Provisioned!.Lines).IsEquivalentTo((string[])["table orders created"]);
        await Assert.That(await File.ReadAllTextAsync(folder.Log))
            .IsEqualTo($"{folder.Folder}/resources.yml {folder.Folder} eu-test-1\n");
    }

    [Test]
    public async Task A_provisioner_that_fails_leaves_every_file_as_it_was()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var before = folder.Files().Select(WithoutTime).ToList();
        var failure = await Failure(
            () => folder.DeployAsync(ConfigurationFixture.Incoming("receipts"), folder.Provisioner(exitCode: 3)));
        await Assert.That(failure.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(failure.Diagnostics[0].ToString()).Contains("esb-provisioner ended with exit code 3");
        await Assert.That(failure.Details).Contains("why it went wrong");
        await Assert.That(folder.Files().Select(WithoutTime)).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_provisioner_that_fails_at_the_first_deploy_leaves_no_file_at_all()
    {
        using var folder = new ConfigurationFixture();
        await Failure(
            () => folder.DeployAsync(ConfigurationFixture.Incoming("orders"), folder.Provisioner(exitCode: 1)));
        await Assert.That(folder.Files().Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_deploy_that_is_stopped_while_the_provisioner_runs_leaves_the_files_as_they_were()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var before = folder.Files().Select(WithoutTime).ToList();
        using var stop = new CancellationTokenSource();
        var deploy = new DeployTransaction(folder.Folder, folder.Provisioner(more: "sleep 600"))
            .RunAsync(ConfigurationFixture.Incoming("receipts"), ConfigurationFixture.Lock, stop.Token);
        while ((await File.ReadAllLinesAsync(folder.Log)).Length < 2)
            await Task.Yield();
        await stop.CancelAsync();
        await Assert.That(async () => await deploy).Throws<OperationCanceledException>();
        await Assert.That(folder.Files().Select(WithoutTime)).IsEquivalentTo(before);
    }

    [Test]
    [Arguments("functions.yml", "functions: }\n", "functions.yml:1:")]
    [Arguments(
        "functions.yml",
        "functions:\n  orders: { timeout: 9999, code: /x, runtime: python3.12 }\n",
        "functions.yml:2:")]
    [Arguments("routing.yml", "routes:\n  - { path: nowhere, function: f }\n", "routing.yml:2:")]
    [Arguments("resources.yml", "resources: 7\n", "resources.yml:1:")]
    public async Task A_damaged_file_is_an_error_with_its_place_and_nothing_is_touched(
        string name,
        string text,
        string place)
    {
        using var folder = new ConfigurationFixture();
        folder.Write(name, text);
        var before = folder.Files();
        var failure = await Failure(() => folder.DeployAsync(ConfigurationFixture.Incoming("receipts")));
        await Assert.That(failure.Diagnostics[0].ToString()).Contains(place);
        await Assert.That(folder.Files()).IsEquivalentTo(before);
        await Assert.That(File.Exists(folder.Log)).IsFalse();
    }

    [Test]
    public async Task Many_deploys_at_once_lose_no_key_of_any()
    {
        using var folder = new ConfigurationFixture();
        var names = Enumerable.Range(0, 8).Select(i => $"team-{i}").ToList();
        await Task.WhenAll(names.Select(n => Task.Run(() => folder.DeployAsync(ConfigurationFixture.Incoming(n)))));
        var written = ConfigurationFolder.Read(folder.Folder, [])!;
        await Assert.That(FunctionsFile.Read(written.Functions.Document, []).Functions.Keys).IsEquivalentTo(names);
        await Assert.That(RoutingFile.Read(written.Routing.Document, []).Routes.Select(r => r.Function!))
            .IsEquivalentTo(names);
        await Assert.That(Esb.Schema.Resources.ResourcesFile.Read(written.Resources.Document, [])
            .Tables.Select(t => t.Name)).IsEquivalentTo(names);
    }

    [Test]
    public async Task A_lock_that_is_not_released_is_an_error_that_names_its_holder()
    {
        using var folder = new ConfigurationFixture();
        Directory.CreateDirectory(folder.Folder);
        using var held = await DeployLock.AcquireAsync(
            folder.Folder, "esb deploy -t other.yml", TimeSpan.Zero, null, CancellationToken.None);
        var request = ConfigurationFixture.Lock with { Timeout = TimeSpan.FromMilliseconds(50) };
        var failure = await Failure(() => new DeployTransaction(folder.Folder, null)
            .RunAsync(ConfigurationFixture.Incoming("orders"), request, CancellationToken.None));
        await Assert.That(failure.Diagnostics[0].Message).Contains("esb deploy -t other.yml");
        await Assert.That(folder.Files().Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_deploy_that_fails_restores_the_same_files_with_their_times()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var before = folder.Files();
        await Failure(
            () => folder.DeployAsync(ConfigurationFixture.Incoming("receipts"), folder.Provisioner(exitCode: 3)));
        await Assert.That(folder.Files()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_deploy_that_is_stopped_while_the_provisioner_runs_reports_what_was_done_and_what_was_not()
    {
        using var folder = new ConfigurationFixture();
        using var stop = new CancellationTokenSource();
        var deploy = new DeployTransaction(folder.Folder, folder.Provisioner(more: "sleep 600"))
            .RunAsync(ConfigurationFixture.Incoming("orders"), ConfigurationFixture.Lock, stop.Token);
        while (!File.Exists(folder.Log))
            await Task.Yield();
        await stop.CancelAsync();
        var interrupted = await Assert.That(async () => await deploy).Throws<DeployInterrupted>();
        await Assert.That(interrupted!.Message).Contains("as before")
            .And.Contains("tables and buckets that it had made stay");
    }

    [Test]
    public async Task A_deploy_that_is_stopped_while_it_waits_for_the_lock_reports_that_nothing_was_changed()
    {
        using var folder = new ConfigurationFixture();
        Directory.CreateDirectory(folder.Folder);
        using var held = await DeployLock.AcquireAsync(
            folder.Folder, "other", TimeSpan.Zero, null, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var request = ConfigurationFixture.Lock with { OnWait = _ => stop.Cancel() };
        var deploy = new DeployTransaction(folder.Folder, null)
            .RunAsync(ConfigurationFixture.Incoming("orders"), request, stop.Token);
        var interrupted = await Assert.That(async () => await deploy).Throws<DeployInterrupted>();
        await Assert.That(interrupted!.Message).Contains("nothing was changed");
        await Assert.That(folder.Files()).IsEmpty();
    }

    [Test]
    public async Task A_result_that_no_gateway_would_accept_is_refused_although_both_parts_are_valid()
    {
        using var folder = new ConfigurationFixture();
        var deep = Enumerable.Range(0, YamlReader.MaxDepth - 1)
            .Aggregate((YamlNode)YamlScalar.Text("x"), (inner, _) => new YamlSequence([inner]));
        var incoming = ConfigurationFixture.Incoming(
            "orders") with
        { Resources = YamlMapping.Of(("resources", YamlMapping.Of(("sqs", deep)))) };
        var failure = await Failure(() => folder.DeployAsync(incoming));
        await Assert.That(failure.Diagnostics[0].ToString())
            .Contains("resources.yml: error: the merged file could not be read again")
            .And.Contains("nothing was changed");
        await Assert.That(folder.Files()).IsEmpty();
    }

    [Test]
    public async Task Comments_at_the_head_of_a_file_stay_through_a_deploy()
    {
        using var folder = new ConfigurationFixture();
        folder.Write("functions.yml", "# owned by team a\n# ask before you edit\nfunctions: {}\n");
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await Assert.That(folder.Text("functions.yml"))
            .StartsWith("# owned by team a\n# ask before you edit\nfunctions:\n  orders:\n");
    }

    [Test]
    public async Task A_plan_alone_reads_and_writes_nothing()
    {
        using var folder = new ConfigurationFixture();
        var plan = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("orders"), CancellationToken.None);
        await Assert.That(plan.Writes).IsTrue();
        await Assert.That(Directory.Exists(folder.Folder)).IsFalse();
    }

    private static async Task<CommandFailure> Failure(Func<Task> deploy) =>
        (await Assert.That(deploy).Throws<CommandFailure>())!;

    private static string WithoutTime(string file) => string.Join(' ', file.Split(' ').Where((_, i) => i != 1));

    private static string Routes(DeployPlan plan) =>
        string.Join('\n', ChangeLines.Of(plan, null, all: true).Where(l => l.Label == "routes").Select(l => l.Text));

    private static byte[] Bytes(ConfigurationFixture folder, string name) =>
        File.ReadAllBytes(Path.Combine(folder.Folder, name));
}
