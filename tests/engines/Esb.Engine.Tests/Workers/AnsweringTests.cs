using System.Text.Json;
using Esb.Engine.Tests.Engines;

namespace Esb.Engine.Tests.Workers;

public sealed class AnsweringTests
{
    [Test]
    public async Task A_function_in_a_container_answers_and_its_lines_are_distinguished_by_stream()
    {
        await using var stage = await EngineStage.SetAsync();
        var worker = await stage.WorkerAsync();

        var answer = await stage.Api.InvokeAsync(worker.Address, """{"say":"grüße"}""");

        await Assert.That(answer.Kind).IsEqualTo("response");
        await Assert.That(answer.Json.GetProperty("echo").GetProperty("say").GetString()).IsEqualTo("grüße");
        await Eventually.TrueAsync(() => stage.Session.Lines(worker.Id).Length >= 2);
        var lines = stage.Session.Lines(worker.Id);
        await Assert.That(lines.Single(line => !line.StandardError).Text).IsEqualTo("out grüße");
        await Assert.That(lines.Single(line => line.StandardError).Text).IsEqualTo("err grüße");
        await Assert.That(lines.All(line => Math.Abs(
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (line.TimeUs / 1000)) < Waits.Longest.TotalMilliseconds))
            .IsTrue();
    }

    [Test]
    public async Task Eight_workers_that_are_started_at_once_ask_from_eight_different_addresses()
    {
        await using var stage = await EngineStage.SetAsync();

        var workers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stage.WorkerAsync()));

        await Assert.That(workers.Select(worker => worker.Address).Distinct().Count()).IsEqualTo(8);
    }

    [Test]
    public async Task A_worker_has_no_capability_and_can_write_only_to_its_own_tmp()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request("app.confinement");
        request.EphemeralStorage = 64;
        var started = await stage.Session.StartAsync(request);
        await stage.Api.AskedAsync(started.Address);

        var answer = await stage.Api.InvokeAsync(started.Address, "{}");
        await Assert.That(answer.Kind).IsEqualTo("response").Because(answer.Body);
        var found = answer.Json;

        string? Text(string name) =>
            found.GetProperty(name).ValueKind == JsonValueKind.Null ? null : found.GetProperty(name).ToString();
        await Assert.That(found.GetProperty("capabilities").EnumerateArray().Select(set => set.GetInt64()))
            .IsEquivalentTo(new long[5]);
        await Assert.That(Text("noNewPrivileges")).IsEqualTo("1");
        await Assert.That(Text("rawSocket")).IsEqualTo("Operation not permitted");
        await Assert.That(Text("packetSocket")).IsEqualTo("Operation not permitted");
        await Assert.That(Text("writeCode")).IsEqualTo("Read-only file system");
        await Assert.That(Text("writeRoot")).IsEqualTo("Read-only file system");
        await Assert.That(found.GetProperty("mount").GetInt32()).IsNotEqualTo(0);
        await Assert.That(found.GetProperty("temporary").GetInt64()).IsEqualTo(64 * 1024 * 1024);
        await Assert.That(Text("writeTemporary")).IsNull();
        await Assert.That(Text("files")).IsEqualTo("1024");
        await Assert.That(Text("name")).IsEqualTo(stage.Owner);
        await Assert.That(Text("memory")).IsEqualTo("256");
        await Assert.That(Text("folder")).IsEqualTo("/var/task");
        await Assert.That(found.GetProperty("loopback").GetBoolean()).IsTrue();
    }
}
