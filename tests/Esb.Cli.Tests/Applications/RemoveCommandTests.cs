using Esb.Cli.Commands;
using Esb.Cli.Removing;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Applications;

/// <summary>
/// <c>esb remove</c>, <c>esb list</c> and <c>esb deploy --prune</c> as whole commands, without a platform.
/// </summary>
internal sealed class RemoveCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-remove-").FullName;

    public RemoveCommandTests()
    {
        Write("settings.env",
            $"ESB_STATE_DIR={_root}/state\nCONFIG_DIR={_root}/config\n"
                + "GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
        WriteTemplate("shop", "cart", "basket");
        WriteTemplate("blog", "post");
    }

    [Test]
    public async Task An_application_is_removed_completely_the_other_stays_byte_for_byte_and_a_rollback_restores_it()
    {
        await DeployAsync("blog");
        var blog = Files();
        await DeployAsync("shop");
        var both = Files();

        var preview = await EsbAsync("remove", "shop", "--dry-run", "--exit-code");
        await Assert.That((preview.ExitCode, Files())).IsEqualTo((3, both));
        await Assert.That(preview.Output)
            .Contains("-  functions.yml  function cart ")
            .And.Contains("-  routing.yml    route GET /cart ")
            .And.Contains("table cart-table    no longer named; the table itself stays");

        var removed = await EsbAsync("remove", "shop", "--yes");
        await Assert.That((removed.ExitCode, Files())).IsEqualTo((0, blog));
        await Assert.That(removed.Output).Contains("- cart").And.Contains("- GET /cart").And.Contains("Removed in ")
            .And.Contains("esb rollback undoes it.");
        await Assert.That((await EsbAsync("history")).Output).Contains("esb remove shop");

        var back = await EsbAsync("rollback");
        await Assert.That((back.ExitCode, Files())).IsEqualTo((0, both));
    }

    [Test]
    [Arguments("y", true)]
    [Arguments("", false)]
    [Arguments(null, false)]
    public async Task A_removal_asks_first_and_changes_nothing_without_a_yes(string? answer, bool goes)
    {
        await DeployAsync("blog");
        var before = Files();
        var given = new Dictionary<string, string>
        {
            [SettingNames.StateDir] = $"{_root}/state",
            [SettingNames.ConfigDir] = $"{_root}/config",
            [SettingNames.Project] = "test",
            [SettingNames.GatewayPort] = "1",
            [SettingNames.AdminPort] = "2",
        };
        var settings = PlatformSettings.Read(new SettingSources(given, _ => null, new Dictionary<string, string>()));
        var request =
            new RemovalRequest { Application = "blog", LockTimeout = TimeSpan.Zero, WaitTimeout = TimeSpan.Zero };
        List<string> questions = [];
        string? Answer(string question)
        {
            questions.Add(question);
            return answer;
        }

        var code = await new ApplicationRemoval(
            request,
            settings,
            new Screen(TextWriter.Null, TextWriter.Null, ScreenTraits.Plain),
            Answer,
            TimeProvider.System).RunAsync(CancellationToken.None);
        await Assert.That(questions).IsEquivalentTo(["Remove application 'blog'? [y/N] "]);
        await Assert.That(code).IsEqualTo(goes ? 0 : 1);
        await Assert.That(Files() == before).IsEqualTo(!goes);
    }

    [Test]
    public async Task Something_that_does_not_exist_cannot_be_removed_and_nothing_changes()
    {
        await DeployAsync("shop");
        var before = Files();
        var unknown = await EsbAsync("remove", "shp", "--yes");
        await Assert.That((unknown.ExitCode, Files())).IsEqualTo((1, before));
        await Assert.That(unknown.Error).Contains("there is no application 'shp' in ").And.Contains("there are: shop");
        var half = await EsbAsync("remove", "--function", "cart", "--function", "crt", "--yes");
        await Assert.That((half.ExitCode, Files())).IsEqualTo((1, before));
        await Assert.That(half.Error).Contains("there is no function 'crt'");
    }

    [Test]
    [Arguments("remove|shop", "the removal cannot be confirmed here")]
    [Arguments("remove|--yes", "nothing is named")]
    [Arguments("remove|shop|--function|cart|--yes", "--function and --route cannot be combined with an application")]
    [Arguments(
        "remove|shop|--delete-data|cart-table|--yes",
        "--delete-data cart-table deletes all data in it, and --yes does not confirm that")]
    [Arguments("remove|shop|--confirm|cart-table|--yes", "--confirm cart-table confirms nothing")]
    [Arguments(
        "remove|shop|--delete-data|crt|--yes|--confirm|crt", "the three files name no table or bucket 'crt'")]
    [Arguments(
        "remove|--delete-data|table arn:aws:dynamodb:us-east-1:000000000000:table/cart-table|--yes"
            + "|--confirm|table arn:aws:dynamodb:us-east-1:000000000000:table/cart-table",
        "'arn:aws:dynamodb:us-east-1:000000000000:table/cart-table' cannot be the name of a table; name the table")]
    [Arguments(
        "remove|--delete-data|bucket cart-files/|--yes|--confirm|bucket cart-files/",
        "'cart-files/' cannot be the name of a bucket")]
    [Arguments(
        "remove|--route|/cart|--delete-data|cart-table|--yes|--confirm|cart-table",
        "table cart-table is named by application 'shop', which stays")]
    public async Task A_removal_with_missing_or_contradictory_arguments_is_a_usage_error(string command, string message)
    {
        await DeployAsync("shop");
        var before = Files();
        var result = await EsbAsync(command.Split('|'));
        await Assert.That((result.ExitCode, Files())).IsEqualTo((2, before));
        await Assert.That(result.Error).Contains(message);
    }

    [Test]
    public async Task Data_of_a_platform_that_does_not_run_cannot_be_deleted_and_nothing_changes()
    {
        await DeployAsync("shop");
        var before = Files();
        var result = await EsbAsync(
            "remove", "shop", "--delete-data", "cart-table", "--yes", "--confirm", "cart-table");
        await Assert.That((result.ExitCode, Files())).IsEqualTo((1, before));
        await Assert.That(result.Error)
            .Contains("no platform is running, so no table or bucket can be deleted; nothing was changed");
    }

    [Test]
    public async Task A_function_and_a_route_are_removed_one_by_one_and_a_route_without_a_function_is_reported()
    {
        await DeployAsync("shop");
        var function = await EsbAsync("remove", "--function", "cart", "--yes");
        await Assert.That(function.ExitCode).IsEqualTo(0);
        await Assert.That(function.Error).Contains("GET /cart leads to 'cart', which is removed: the route is closed");
        await Assert.That((await EsbAsync("remove", "--route", "/cart", "--route", "get /basket", "--yes")).ExitCode)
            .IsEqualTo(0);
        await Assert.That(Read("routing.yml")).DoesNotContain("/cart").And.DoesNotContain("/basket");
        await Assert.That(Read("functions.yml")).DoesNotContain("  cart:").And.Contains("  basket:");
    }

    [Test]
    public async Task A_deploy_reports_what_its_template_no_longer_names_and_removes_it_on_request()
    {
        await DeployAsync("blog");
        await DeployAsync("shop");
        WriteTemplate("shop", "cart");
        var left = await DeployAsync("shop");
        await Assert.That(left.Output).Contains("No longer in the template, still served: function basket, "
            + "route GET /basket, table basket-table; esb deploy --stack NAME --prune removes it");
        await Assert.That(Read("functions.yml")).Contains("  basket:");

        var unnamed = await DeployAsync("shop", "--prune");
        await Assert.That((unnamed.ExitCode, unnamed.Error.Contains(
            "--prune needs the name of the application", StringComparison.Ordinal))).IsEqualTo((2, true));
        await Assert.That(Read("functions.yml")).Contains("  basket:");

        var pruned = await DeployAsync("shop", "--stack", "shop", "--prune");
        await Assert.That(pruned.Output).Contains("- basket").And.Contains("- GET /basket").And.Contains(
            "table basket-table no longer named; what is stored there stays").And.DoesNotContain("still served");
        await Assert.That(Read("functions.yml")).DoesNotContain("  basket:").And.Contains("  cart:")
            .And.Contains("  post:");
        await Assert.That((await DeployAsync("shop", "--stack", "shop", "--prune")).Output).StartsWith("Nothing to do");
    }

    [Test]
    public async Task The_list_shows_what_each_application_has_and_where_it_came_from()
    {
        await Assert.That((await EsbAsync("list")).Output).StartsWith("No application yet in ");
        await DeployAsync("shop");
        await DeployAsync("blog");
        Write("config/functions.yml", Read("functions.yml") + "  by-hand:\n    code: /h\n    runtime: python3.12\n");
        var lines = (await EsbAsync("list")).Output.Split('\n');
        await Assert.That(lines[0]).StartsWith("APPLICATION  FUNCTIONS  ROUTES  TABLES  BUCKETS  DEPLOYED");
        await Assert.That(lines[1]).StartsWith("blog         1          1       1       0")
            .And.EndsWith(At("blog/template.yaml"));
        await Assert.That(lines[2]).StartsWith("shop         2          2       2       0")
            .And.Contains(Environment.UserName);
        await Assert.That(lines[3]).StartsWith("(none)       1          0       0       0");
        using var json = System.Text.Json.JsonDocument.Parse((await EsbAsync("list", "--json")).Output);
        var shop = json.RootElement.GetProperty("applications").EnumerateArray()
            .Single(a => a.GetProperty("name").GetString() == "shop");
        await Assert.That(string.Join(' ', shop.GetProperty("functions").EnumerateArray().Select(f => f.GetString())))
            .IsEqualTo("cart basket");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<(int ExitCode, string Output, string Error)> DeployAsync(string application, params string[] more) =>
        EsbAsync(["deploy", "-t", At($"{application}/template.yaml"), "-o", At("out"), .. more]);

    private async Task<(int ExitCode, string Output, string Error)> EsbAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            [.. arguments, "--env-file", At("settings.env")],
            new Screen(output, error, ScreenTraits.Plain),
            CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    // Functions with these names, each with a route and a table.
    private void WriteTemplate(string application, params string[] names)
    {
        Write($"{application}/src/app.py", "def handler(event, context): return {}");
        var resources = names.Select(n => $$"""
              {{n}}Function:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: {{n}}
                  CodeUri: src/
                  Handler: app.handler
                  Runtime: python3.12
                  Events: { Get: { Type: Api, Properties: { Path: /{{n}}, Method: GET } } }
              {{n}}Table:
                Type: AWS::Serverless::SimpleTable
                Properties: { TableName: {{n}}-table }

            """);
        Write(
            $"{application}/template.yaml",
            "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n"
                + string.Concat(resources));
    }

    private string Files() =>
        string.Join("\n---\n", ((string[])["functions.yml", "routing.yml", "resources.yml"]).Select(Read));

    private string Read(string file) => File.ReadAllText(At("config/" + file));

    private string At(string path) => Path.Combine(_root, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
