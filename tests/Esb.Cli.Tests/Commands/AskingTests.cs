using System.Text.Json;
using Esb.Cli.Commands;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Commands;

internal sealed class AskingTests
{
    [Test]
    public async Task Without_a_platform_every_command_that_asks_it_says_how_to_start_one()
    {
        await using var platform = new LocalPlatform();
        foreach (var command in new[] { "status", "routes", "logs" })
        {
            var run = await platform.AskAsync(command);
            await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure);
            await Assert.That(run.Error).IsEqualTo("error: no platform is running (nothing answers on "
                + $"127.0.0.1:{platform.Settings.Ports.Admin}); start it with esb up\n");
        }
    }

    [Test]
    public async Task Status_routes_and_logs_show_what_the_admin_port_answers()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        await Assert.That((await platform.AskAsync("status")).Output)
            .Contains("\norders-get     9b1f22aa  2        0      1,204      1.1 ms  4.0 ms  0\n");
        await Assert.That((await platform.AskAsync("routes")).Output)
            .IsEqualTo("METHOD  PATH          FUNCTION    PAYLOAD\nGET     /orders/{id}  orders-get  1.0\n");
        await Assert.That((await platform.AskAsync("logs")).Output).Contains("  orders-get  6c9e0000  first\n");
        await Assert.That((await platform.AskAsync("logs", "orders-report")).Output).DoesNotContain("first");
        using var status = JsonDocument.Parse((await platform.AskAsync("status", "--json")).Output);
        await Assert.That(status.RootElement.GetProperty("functions").GetArrayLength()).IsEqualTo(2);
        using var routes = JsonDocument.Parse((await platform.AskAsync("routes", "--json")).Output);
        await Assert.That(routes.RootElement[0].GetProperty("path").GetString()).IsEqualTo("/orders/{id}");
        var lines = (await platform.AskAsync("logs", "--json"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!))
            .IsEquivalentTo(new[] { "first", "second" });
    }

    [Test]
    public async Task Text_of_functions_and_routes_is_shown_and_never_interpreted_by_the_terminal()
    {
        const string Hostile = "\e[2J\e]0;owned\a\u009b31m\x7f\u202egnp\u2066\rerror: all is lost\nerror: forged";
        const string Shown = @"\u001b[2J\u001b]0;owned\u0007\u009b31m\u007f\u202egnp\u2066";
        await using var platform = new LocalPlatform().With("PART_FAULT", "esb-gateway:hostile");
        await platform.UpAsync();
        string[][] commands =
        [
            ["status"], ["routes"], ["logs"], ["status", "--json"], ["routes", "--json"], ["logs", "--json"],
            ["invoke", "orders-report"], ["invoke", "orders-get", "--tail"],
        ];
        foreach (var command in commands)
        {
            var run = await platform.AskAsync(command);
            var isShown = (run.Output + run.Error).Contains(Shown[..10], StringComparison.OrdinalIgnoreCase);
            await Assert.That(isShown).IsTrue().Because($"{string.Join(' ', command)}\n{run}");
            await Assert.That((run.Output + run.Error).Where(c => c is < ' ' and not '\n' or >= '\x7f' and <= '\x9f'
                or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069')).IsEmpty()
                .Because(string.Join(' ', command));
        }

        await Assert.That((await platform.AskAsync("routes")).Output.Split('\n').Length).IsEqualTo(3);
        await Assert.That((await platform.AskAsync("logs")).Output.Split('\n').Length).IsEqualTo(3);
        await Assert.That((await platform.AskAsync("logs")).Output)
            .Contains(Shown + @"\u000derror: all is lost\nerror: forged");
        using var routes = JsonDocument.Parse((await platform.AskAsync("routes", "--json")).Output);
        await Assert.That(routes.RootElement[0].GetProperty("path").GetString()).IsEqualTo("/" + Hostile);
        using var answer = JsonDocument.Parse((await platform.AskAsync("invoke", "orders-report")).Output);
        await Assert.That(answer.RootElement.GetProperty("errorMessage").GetString()).IsEqualTo(Hostile);
    }

    [Test]
    public async Task Standard_output_has_the_answer_and_standard_error_everything_else()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var run = await platform.AskAsync("invoke", "orders-get", "--event", """{"id":"7"}""", "--tail");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(run.Output).IsEqualTo("{\"event\": {\"id\": \"7\"}}\n");
        await Assert.That(run.Error).Matches(
            @"^— round trip [\d.]+ m?s, request 6c9e0000-1111-2222-3333-444444444444, "
            + @"revision 9b1f22aa\nSTART\nEND\n$");
        var later = await platform.AskAsync("invoke", "orders-get", "--async");
        await Assert.That((later.ExitCode, later.Output, later.Error))
            .IsEqualTo((ExitCode.Done, "", "— accepted, request 6c9e0000-1111-2222-3333-444444444444\n"));
    }

    [Test]
    public async Task A_function_that_fails_is_reported_with_its_payload_the_reason_and_exit_code_1()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var run = await platform.AskAsync("invoke", "orders-report");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(run.Output).Contains("\"errorType\"");
        await Assert.That(run.Error).EndsWith("\nerror: orders-report failed: Sandbox.Timedout: "
            + "Task timed out after 3.00 seconds; esb logs orders-report\n");
    }

    [Test]
    [Arguments("invoke")]
    [Arguments("logs")]
    public async Task An_unknown_function_is_answered_with_the_name_that_was_meant(string command)
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var run = await platform.AskAsync(command, "order-get");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(run.Error).IsEqualTo("error: there is no function 'order-get'; did you mean 'orders-get'?\n");
    }

    [Test]
    public async Task A_wrong_command_line_is_an_error_of_one_line_with_exit_code_2()
    {
        await Assert.That(await LocalPlatform.RunAsync("statsu")).IsEqualTo(new LocalPlatform.Run(
            ExitCode.Usage, "", "error: there is no command 'statsu' here; did you mean 'status'?\n"));
        await Assert.That(await LocalPlatform.RunAsync("up", "--projekt", "x")).IsEqualTo(new LocalPlatform.Run(
            ExitCode.Usage, "", "error: there is no option '--projekt' here; did you mean '--project'?\n"));
        await Assert.That(await LocalPlatform.RunAsync("logs", "--since", "10x")).IsEqualTo(new LocalPlatform.Run(
            ExitCode.Usage, "", "error: --since is '10x'; allowed: a number and s, m, h or d, for example 10m\n"));
        await Assert.That((await LocalPlatform.RunAsync("invoke")).ExitCode).IsEqualTo(ExitCode.Usage);
        await Assert.That(await LocalPlatform.RunAsync("status", "--env-file", "no.env")).IsEqualTo(
            new LocalPlatform.Run(ExitCode.Usage, "", "error: no.env: there is no such file; check --env-file\n"));
    }
}
