using System.Globalization;
using Esb.Agent.Tests.Driving;
using Esb.AgentProtocol;

namespace Esb.Agent.Tests.Workers;

public sealed class LogTests
{
    [Test]
    public async Task Lines_arrive_in_order_and_all_before_the_exit_even_when_many_are_written_last()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync("seq 1 50000; printf 'no line end'");

        await stage.Session.ExitAsync(worker.Id);

        var lines = stage.Session.Lines(worker.Id);
        var expected = Enumerable.Range(1, 50_000).Select(i => i.ToString(CultureInfo.InvariantCulture))
            .Append("no line end");
        await Assert.That(lines.Select(line => line.Text).SequenceEqual(expected)).IsTrue();
        await Assert.That(lines.Zip(lines.Skip(1)).All(pair => pair.First.TimeUs <= pair.Second.TimeUs)).IsTrue();
        await Assert.That(stage.Session.Events[^1].EventCase).IsEqualTo(AgentEvent.EventOneofCase.Exited);
    }

    [Test]
    public async Task Standard_error_and_output_are_distinguished_and_lines_have_the_time_at_which_they_were_read()
    {
        await using var stage = await Stage.SetAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        var worker = await stage.ShellAsync("echo out; echo err >&2");

        await stage.Session.ExitAsync(worker.Id);

        var lines = stage.Session.Lines(worker.Id);
        await Assert.That(lines.Single(line => line.StandardError).Text).IsEqualTo("err");
        await Assert.That(lines.Single(line => !line.StandardError).Text).IsEqualTo("out");
        await Assert.That(lines.All(line => line.TimeUs >= before && line.TimeUs < before + 3_600_000_000)).IsTrue();
    }

    [Test]
    public async Task Printed_and_logged_lines_of_Python_arrive_with_the_request_id_while_the_function_runs()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync("""
            import logging
            def handler(event, context):
                print("printed")
                logging.getLogger("x").warning("logged %d", 7)
            """);

        await stage.Api.InvokeAsync(worker.Address, "{}");

        await Eventually.TrueAsync(() => stage.Session.Lines(worker.Id).Length == 2);
        var lines = stage.Session.Lines(worker.Id);
        await Assert.That(lines[0].Text).IsEqualTo("printed");
        await Assert.That(lines[1].Text)
            .Matches(@"^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tlogged 7$");
    }

    [Test]
    public async Task Lines_of_Node_s_console_begin_with_time_request_id_and_level()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync(
            "exports.handler = async () => { console.log('a %s', 'b'); console.error({ c: 1 }); };");

        await stage.Api.InvokeAsync(worker.Address, "{}");

        await Eventually.TrueAsync(() => stage.Session.Lines(worker.Id).Length == 2);
        var lines = stage.Session.Lines(worker.Id);
        await Assert.That(lines[0].Text).Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tINFO\ta b$");
        await Assert.That(lines[1].Text).EndsWith("\trequest-1\tERROR\t{ c: 1 }");
    }
}
