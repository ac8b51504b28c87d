using System.Net;
using System.Text;
using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Gateway.Admin;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Logs;

internal sealed class LogStreamTests
{
    [Test]
    [Arguments("", "f g h")]
    [Arguments("?application=shop", "f h")]
    [Arguments("?application=shop&function=h", "h")]
    [Arguments("?application=shop&function=g", "")]
    [Arguments("?application=nobody", "")]
    public async Task The_lines_of_one_application_are_those_of_its_functions(string query, string expected)
    {
        const string Files = "functions:\n  f: {code: /f, runtime: python3.12, application: shop}\n  g: {code: /g, "
            + "runtime: python3.12}\n  h: {code: /h, runtime: python3.12, application: shop}\n";
        var live = new LiveConfiguration(TimeProvider.System);
        var functions = FunctionsFile.Read(
            Esb.Schema.Files.ConfigurationDocument.Parse(Encoding.UTF8.GetBytes(Files), "functions.yml", [])!, []);
        live.Swap(new SnapshotBuilder(new WorkerControl(_ => { }, _ => { }), TimeProvider.System).Build(
            new WrittenConfiguration("1", functions, new RoutingFile([])), live.Current, []).Snapshot);
        var logs = new LogStore(null, NullLogger<LogStore>.Instance);
        foreach (var name in (string[])["f", "g", "h"])
            logs.Add(new LogRecord(DateTimeOffset.UnixEpoch, name, "r", "", "w", "stdout", "text"));
        using var written = new MemoryStream();
        var context = new DefaultHttpContext
        {
            Response = { Body = written },
            Request = { QueryString = new QueryString(query) },
        };
        await LogStream.WriteAsync(context, logs, live, TimeProvider.System);
        await context.Response.CompleteAsync();
        var lines = Encoding.UTF8.GetString(written.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(string.Join(
            ' ', lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("function").GetString())))
            .IsEqualTo(expected);
    }

    [Test]
    public async Task A_follower_that_has_closed_its_side_gets_the_past_lines_and_the_end()
    {
        var logs = new LogStore(null, NullLogger<LogStore>.Instance);
        logs.Add(new LogRecord(DateTimeOffset.UnixEpoch, "f", "r", "", "w", "stdout", "a past line"));
        var live = new LiveConfiguration(TimeProvider.System);
        await using var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            context => LogStream.WriteAsync(context, logs, live, TimeProvider.System),
            NullLoggerFactory.Instance,
            new ListenerRules { AnswersHalfClosedFor = HalfClosed.MaxWait });
        await listener.StartAsync(CancellationToken.None);
        foreach (var query in (string[])["", "?follow=true"])
        {
            var answer = await RawClient.SendLastAsync(
                listener.Address.Port, $"GET /logs{query} HTTP/1.1\r\nHost: h\r\n\r\n");
            await Assert.That(answer.Status).IsEqualTo(200);
            await Assert.That(answer.Text).Contains("a past line");
        }
    }
}
