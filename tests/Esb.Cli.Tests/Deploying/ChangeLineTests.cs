using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Deploying;

internal sealed class ChangeLineTests
{
    [Test]
    public async Task Lines_say_what_is_added_replaced_and_unchanged()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("receipts", path: "/shared"));
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: "/mine"));
        var changed = await new DeployTransaction(folder.Folder, null).PlanAsync(
            ConfigurationFixture.Incoming("orders", revision: "00000002", path: "/shared"), CancellationToken.None);
        await Assert.That(Lines(changed))
            .IsEqualTo("functions: ~ orders\nroutes: ~ GET /shared   was receipts, now orders");
        var same = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("orders", path: "/mine"), CancellationToken.None);
        await Assert.That(Lines(same)).IsEqualTo("functions: = orders");
        var fresh = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("new"), CancellationToken.None);
        await Assert.That(Lines(fresh)).IsEqualTo("tables: + new\nfunctions: + new\nroutes: + GET /new   → new");
    }

    [Test]
    public async Task The_changes_of_the_provisioner_are_shown_instead_of_the_resources_of_the_manifest()
    {
        using var folder = new ConfigurationFixture();
        var plan = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("new"), CancellationToken.None);
        var made = StoreLines.Of(
            ["table   new  created", "table   old  unchanged", "table   more  created", "bucket  b  created", "odd"],
            all: false);
        await Assert.That(string.Join(
            '\n', ChangeLines.Of(plan, made, all: false).Take(3).Select(l => $"{l.Label}: {l.Text}")))
            .IsEqualTo("tables: new created · more created\nbuckets: b created\nstores: odd");
    }

    [Test]
    public async Task Added_changed_and_removed_keys_are_named_and_counted_and_their_values_are_not_shown()
    {
        using var folder = new ConfigurationFixture();
        var first = Keys("{ name: a, value: secret-one }, { name: b, value: secret-two }");
        await Assert.That(IncomingCounts.Of(first)).IsEqualTo("2 keys");
        await Assert.That(Lines((await folder.DeployAsync(first)).Plan)).IsEqualTo("keys: + a   + b");
        var second = Keys("{ name: a, value: secret-one, enabled: false }, { name: b, value: secret-two }, { name: c, "
            + "value: secret-three, apis: [] }");
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(second, CancellationToken.None);
        await Assert.That(Lines(plan)).IsEqualTo("keys: ~ a   = b   + c");
        var preview = string.Join('\n', PreviewTable.Lines(plan, all: true, width: 200));
        await Assert.That(preview).Contains("API key a  enabled false").And.Contains("API key c  added")
            .And.DoesNotContain("secret");
        await Assert.That(Lines(
            await new DeployTransaction(folder.Folder, null).PlanAsync(first, CancellationToken.None))).IsEqualTo("");
        var rolledBack = DocumentComparison.Routing(second.Routing, first.Routing);
        await Assert.That(string.Join(' ', rolledBack.Select(c => ChangeLines.Mark(c.Kind) + c.Key)))
            .IsEqualTo("~a -c");
    }

    [Test]
    public async Task The_address_of_another_server_is_shown_without_the_part_after_its_host()
    {
        using var folder = new ConfigurationFixture();
        var first = (await folder.DeployAsync(Routes("https://h/first-token"))).Plan;
        await Assert.That(Lines(first)).IsEqualTo("routes: + GET /px   → https://h/****");
        var second = (await folder.DeployAsync(Routes("https://h/second-token"))).Plan;
        await Assert.That(Lines(second)).IsEqualTo("routes: ~ GET /px   was https://h/****, now https://h/****");
        await Assert.That(string.Join('\n', PreviewTable.Lines(second, all: true, width: 200))).DoesNotContain("token");
        await Assert.That(Lines((await folder.DeployAsync(Routes("https://h/{proxy}", "/{proxy+}"))).Plan))
            .IsEqualTo("routes: + GET /{proxy+}   → https://h/{proxy}");
    }

    [Test]
    public async Task No_printed_line_has_a_secret_of_the_command_s_templates()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var screen = new Screen(output, error, ScreenTraits.Plain);
        screen.Concealed.Add("hunter2");
        screen.Line("buckets  b ~ Tags: hunter2");
        screen.Note("note hunter2");
        screen.WithoutOutput().Warn("the store says hunter2", "look at hunter2");
        await Assert.That(output.ToString()).IsEqualTo("buckets  b ~ Tags: ****\n");
        await Assert.That(error.ToString()).IsEqualTo("note ****\nwarning: the store says ****; look at ****\n");
    }

    private static IncomingConfiguration Routes(string address, string path = "/px") => new(
        YamlMapping.Empty,
        YamlMapping.Empty,
        (YamlMapping)YamlReader.Read(
            $"routes: [{{ path: '{path}', method: GET, http_proxy: {{ uri: '{address}' }} }}]\n",
            "incoming.yml",
            new DiagnosticBag())!);

    private static IncomingConfiguration Keys(string keys) =>
        new(YamlMapping.Empty, YamlMapping.Empty, (YamlMapping)YamlReader.Read(
            $"api_keys: [{keys}]\n", "incoming.yml", new DiagnosticBag())!);

    private static string Lines(DeployPlan plan) =>
        string.Join('\n', ChangeLines.Of(plan, made: null, all: false).Select(l => $"{l.Label}: {l.Text}"));
}
