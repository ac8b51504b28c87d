using System.CommandLine;
using System.Text.Json.Nodes;
using Esb.Cli.Commands;
using Esb.Cli.Commands.Options;
using Esb.Cli.Terminal;
using Esb.Cli.Tests.Platform;
using Esb.Cli.Tests.Revisions;
using Esb.Testing;

namespace Esb.Cli.Tests.Documents;

/// <summary>
/// Every document that a command prints with <c>--json</c> has a schema, and is valid according to it.
/// </summary>
internal sealed class OutputSchemaTests
{
    [Test]
    [MethodDataSource(typeof(OutputSchemas), nameof(OutputSchemas.Names))]
    public async Task A_schema_matches_the_record_of_the_document(string name) =>
        await OutputSchemas.Of(name).IsWrittenAsync();

    [Test]
    [MethodDataSource(typeof(OutputSchemas), nameof(OutputSchemas.Names))]
    public async Task Every_property_of_a_schema_is_described(string name)
    {
        await Assert.That(Undescribed(JsonNode.Parse(OutputSchemas.Of(name).Text())!)).IsEmpty();

        static IEnumerable<string> Undescribed(JsonNode node) => node switch
        {
            JsonObject schema => (schema["properties"] as JsonObject ?? [])
                .Where(p => p.Value!["description"] is null).Select(p => p.Key)
                .Concat(schema.Where(m => m.Value is not null).SelectMany(m => Undescribed(m.Value!))),
            JsonArray list => list.OfType<JsonNode>().SelectMany(Undescribed),
            _ => [],
        };
    }

    [Test]
    public async Task Every_command_that_has_the_option_has_a_schema_that_names_it()
    {
        var screen = new Screen(TextWriter.Null, TextWriter.Null, ScreenTraits.Plain);
        var commands = Named(CommandLine.Root(screen), "esb").ToArray();
        var titles = string.Join('\n', OutputSchemas.Names.Select(name => OutputSchemas.Of(name).Title));

        await Assert.That(commands.Length).IsGreaterThan(10);
        await Assert.That(commands.Where(c => !titles.Contains($"{c} --json", StringComparison.Ordinal))).IsEmpty();

        static IEnumerable<string> Named(Command command, string name) => command.Subcommands
            .SelectMany(c => Named(c, $"{name} {c.Name}"))
            .Concat(command.Options.Contains(CommonOptions.Json) ? [name] : []);
    }

    [Test]
    public async Task Documents_about_a_running_platform_are_valid()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();

        await ValidAsync("status", await platform.AskAsync("status", "--json"));
        await ValidAsync("routes", await platform.AskAsync("routes", "--json"));
        await ValidAsync("doctor", await platform.AskAsync("doctor", "--json"), exitCode: null);
        await ValidAsync("environments", await platform.AskAsync("env", "list", "--json"));
        var logs = await platform.AskAsync("logs", "--json");
        var lines = logs.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(lines).IsNotEmpty();
        foreach (var line in lines)
            await OutputSchemas.Of("log").DescribesAsync(line);
    }

    [Test]
    public async Task Documents_about_deploys_and_their_revisions_are_valid()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("one", "1");
        await project.DeployAsync("two", "1");
        project.Write("one/src/app.py", "def handler(event, context): return '2'\n");

        string[] deploy = ["deploy", "-t", project.At("one/template.yaml"), "-o", project.At("out"), "--json"];
        await ValidAsync("deploy", await project.EsbAsync([.. deploy, "--dry-run"]));
        await ValidAsync("deploy", await project.EsbAsync(deploy));
        await OutputSchemas.Of("deploy").DescribesAsync(File.ReadAllText(project.At("out/receipt.json")));
        await ValidAsync("list", await project.EsbAsync("list", "--json"));
        await ValidAsync("history", await project.EsbAsync("history", "--json"));
        await ValidAsync("diff", await project.EsbAsync("diff", "1", "--json"));
        await ValidAsync("diff", await project.EsbAsync("diff", "2", "3", "--json"));
        await ValidAsync("change", await project.EsbAsync("rollback", "--json"));
        await ValidAsync("change", await project.EsbAsync("remove", "--function", "two", "--yes", "--json"));
        await ValidAsync("prune", await project.EsbAsync("prune", "--keep", "1", "--json"));
    }

    [Test]
    public async Task Documents_about_templates_and_bundles_are_valid()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("one", "1");
        string[] template = ["-t", project.At("one/template.yaml"), "--json"];

        await ValidAsync("template", await LocalPlatform.RunAsync(["validate", .. template]));
        await ValidAsync("template", await LocalPlatform.RunAsync(["generate", "-o", project.At("made"), .. template]));
        await OutputSchemas.Of("template").DescribesAsync(File.ReadAllText(project.At("made/receipt.json")));
        await ValidAsync("template", await project.EsbAsync(["build", "-o", project.At("built"), .. template]));
        var bundle = project.At("one.esb");
        await ValidAsync(
            "bundle", await project.EsbAsync(["bundle", "-o", bundle, "--without-platform", .. template]));
        await ValidAsync("bundle", await LocalPlatform.RunAsync("bundle", "show", bundle, "--json"));
        project.Write("bad.yaml", "Resources: { F: { Type: AWS::Serverless::Function, Properties: {} } }\n");
        var bad = await LocalPlatform.RunAsync("validate", "-t", project.At("bad.yaml"), "--json");
        await ValidAsync("template", bad, ExitCode.Usage);
    }

    private static async Task ValidAsync(string name, LocalPlatform.Run run, int? exitCode = ExitCode.Done)
    {
        if (exitCode is { } expected)
            await Assert.That(run.ExitCode).IsEqualTo(expected).Because(run.ToString());
        await OutputSchemas.Of(name).DescribesAsync(run.Output);
    }
}
