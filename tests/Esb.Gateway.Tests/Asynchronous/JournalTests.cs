using CsCheck;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Schema.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class JournalTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly string _root = Directory.CreateTempSubdirectory("esb-journal-").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Accepted_events_survive_a_kill_at_any_later_byte()
    {
        var folder = Path.Combine(_root, "whole");
        List<long> ends = [];
        using (var journal = Open(folder))
        {
            for (var i = 0; i < 20; i++)
            {
                var place = (await AcceptAsync(journal, $"event-{i}", new byte[i * 50])).Place!;
                ends.Add(place.Offset + place.Length);
            }
        }

        var file = Directory.GetFiles(folder, "*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(file);
        var copy = 0;
        Gen.Int[0, bytes.Length].Sample(
            length =>
            {
                var torn = Path.Combine(_root, $"torn-{Interlocked.Increment(ref copy)}");
                Directory.CreateDirectory(torn);
                File.WriteAllBytes(Path.Combine(torn, Path.GetFileName(file)), bytes[..length]);
                using var journal = Open(torn);
                return journal.Recovered.Select(p => p.Id)
                    .SequenceEqual(Enumerable.Range(0, ends.Count(e => e <= length)).Select(i => $"event-{i}"));
            },
            iter: 100);
    }

    [Test]
    public async Task Ended_events_and_attempts_survive_a_restart()
    {
        using (var journal = Open(_root))
        {
            var (first, second) = (await AcceptAsync(journal, "first", "1"u8.ToArray()), await AcceptAsync(
                journal, "second", "2"u8.ToArray()));
            second.Attempts = 2;
            second.NotBefore = Now + TimeSpan.FromMinutes(2);
            await journal.WriteAsync(JournalWrite.Attempt(second));
            await journal.WriteAsync(JournalWrite.Finish(first, []));
        }

        using var again = Open(_root);
        var left = again.Recovered.Single();
        await Assert.That((left.Id, left.Attempts, left.NotBefore))
            .IsEqualTo(("second", 2, Now + TimeSpan.FromMinutes(2)));
        await Assert.That(again.RecentlyDone).IsEquivalentTo(["first"]);
        await Assert.That(Journal.Read(left).Payload.ToArray()).IsEquivalentTo("2"u8.ToArray());
    }

    [Test]
    public async Task The_disk_holds_little_more_than_the_waiting_events()
    {
        using var journal = Open(_root);
        var oldest = await AcceptAsync(journal, "oldest", "first of all"u8.ToArray());
        oldest.Attempts = 1;
        for (var i = 0; i < 200; i++)
        {
            var passing = await AcceptAsync(journal, $"passing-{i}", new byte[1024 * 1024]);
            await journal.WriteAsync(JournalWrite.Finish(passing, []));
        }

        var held = Directory.GetFiles(_root, "*.journal").Sum(f => new FileInfo(f).Length);
        await Assert.That(held).IsLessThan(100L * 1024 * 1024);
        await Assert.That(oldest.Place!.Segment.Number).IsGreaterThan(1L);
        await Assert.That(Journal.Read(oldest).Payload.ToArray()).IsEquivalentTo("first of all"u8.ToArray());
    }

    [Test]
    public async Task Many_concurrent_writers_all_find_their_events_on_the_disk()
    {
        using (var journal = Open(_root))
            await Task.WhenAll(Enumerable.Range(0, 500)
                .Select(i => Task.Run(() => AcceptAsync(journal, $"event-{i}", new byte[100]))));
        using var again = Open(_root);
        await Assert.That(again.Recovered.Count).IsEqualTo(500);
    }

    [Test]
    public async Task A_folder_that_another_gateway_uses_is_refused_by_name()
    {
        using var journal = Open(_root);
        await Assert.That(() => Open(_root)).Throws<IOException>().WithMessageContaining(_root);
    }

    private static Journal Open(string folder) =>
        Journal.Open(new JournalSet(folder).TakeFirst(isShared: false), NullLogger.Instance);

    private static async Task<PendingEvent> AcceptAsync(Journal journal, string id, byte[] payload)
    {
        var pending = new PendingEvent(id, "f", Now, 0);
        await journal.WriteAsync(JournalWrite.Accept(pending, new AsynchronousEvent(id, "f", payload, Now)));
        return pending;
    }
}
