using System.Collections.Concurrent;
using CsCheck;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Tests.Serving;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class DamagedJournalTests
{
    private const int Events = 25;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly string _root = Directory.CreateTempSubdirectory("esb-damaged-").FullName;

    private int _copies;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Every_event_without_a_flipped_bit_in_its_record_is_recovered_and_the_damage_is_reported()
    {
        var (name, bytes, places) = await WriteAsync(marked: true);
        Gen.Int[0, (bytes.Length * 8) - 1].Sample(
            bit => Holds(name, bytes, places, damaged => damaged[bit / 8] ^= (byte)(1 << (bit % 8))), iter: 500);
    }

    [Test]
    public async Task Every_event_without_a_zeroed_range_in_its_record_is_recovered_and_the_damage_is_reported()
    {
        var (name, bytes, places) = await WriteAsync(marked: true);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[1, 3000]).Sample(
            (from, length) => Holds(
                name, bytes, places, damaged => damaged.AsSpan(from, Math.Min(length, damaged.Length - from)).Clear()),
            iter: 500);
    }

    [Test]
    public async Task A_segment_without_sync_markers_also_gives_back_its_undamaged_events()
    {
        var (name, bytes, places) = await WriteAsync(marked: false);
        Gen.Int[0, (bytes.Length * 8) - 1].Sample(
            bit => Holds(
                name, bytes, places, damaged => damaged[bit / 8] ^= (byte)(1 << (bit % 8)), mayLookCutShort: true),
            iter: 500);
    }

    [Test]
    public async Task An_incomplete_record_at_the_end_does_not_count_as_damage()
    {
        var (name, bytes, _) = await WriteAsync(marked: true);
        Gen.Int[0, bytes.Length].Sample(
            length =>
            {
                using var journal = Open(name, bytes[..length], out var log);
                return journal.Damage == default && log.All(line => line.Level == LogLevel.Warning
                    && line.Text.Contains("an incomplete record", StringComparison.Ordinal));
            },
            iter: 200);
    }

    [Test]
    public async Task A_journal_cut_in_half_gives_back_its_complete_events_and_reports_that_more_may_be_lost()
    {
        var (name, bytes, places) = await WriteAsync(marked: true);
        var half = bytes.Length / 2;
        using var journal = Open(name, bytes[..half], out var log);
        await Assert.That(journal.Recovered.Select(p => p.Id))
            .IsEquivalentTo(places.Where(p => p.To <= half).Select(p => p.Id));
        await Assert.That(log.Single().Text).Contains("or the file was truncated later: then an unknown number of "
            + "accepted events is lost").And.DoesNotContain("nothing");
    }

    [Test]
    public async Task The_payload_of_an_event_is_never_read_as_a_record()
    {
        var forged = JournalFormat.Write(
            new JournalRecord.Accepted(new AsynchronousEvent("forged", "of-somebody-else", "{}"u8.ToArray(), Now)));
        var folder = Path.Combine(_root, "whole");
        var honest = new PendingEvent("honest", "f", Now, 0);
        using (var journal = Journal.Open(new JournalSet(folder).TakeFirst(isShared: false), new LinesOfLog()))
            await journal.WriteAsync(JournalWrite.Accept(honest, new AsynchronousEvent("honest", "f", forged, Now)));
        var file = Directory.GetFiles(folder, "*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(file);
        var start = honest.Place!.Offset + honest.Place.Length - forged.Length;
        for (var at = 0; at < start; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 1;
            using var journal = Open(Path.GetFileName(file), damaged, out _);
            await Assert.That(journal.Recovered).IsEmpty();
        }
    }

    [Test]
    public async Task A_damaged_segment_is_kept_for_examination_after_its_last_event()
    {
        var (name, bytes, _) = await WriteAsync(marked: true);
        bytes[40] ^= 1;
        var folder = Path.Combine(_root, "kept");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
        using var journal = Journal.Open(new JournalSet(folder).TakeFirst(isShared: false), new LinesOfLog());
        foreach (var pending in journal.Recovered)
            await journal.WriteAsync(JournalWrite.Finish(pending, []));
        var kept = Path.Combine(folder, "damaged", name);
        await Eventually.TrueAsync(() => File.Exists(kept));
        await Assert.That(await File.ReadAllBytesAsync(kept)).IsEquivalentTo(bytes);
        await Assert.That(File.Exists(Path.Combine(folder, name))).IsFalse();
    }

    [Test]
    public async Task An_event_that_is_damaged_while_it_waits_is_given_up_and_counted_while_the_others_run()
    {
        var release = new TaskCompletionSource();
        using var functions = new Functions(_root).With("f", async payload =>
        {
            await release.Task;
            return payload;
        }, capacity: 1).Start();
        foreach (var payload in new[] { "\"first\"", "\"second\"", "\"third\"" })
            await functions.AcceptAsync("f", payload);
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);
        var file = Directory.GetFiles(_root, "*.journal").Single();
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            stream.Position = bytes.AsSpan().IndexOf("\"second\""u8);
            stream.WriteByte((byte)'!');
        }

        release.SetResult();
        await Eventually.TrueAsync(() => functions.Later.Pending == 0);
        await Assert.That(functions.CallsOf("f")).IsEqualTo(2);
        await Assert.That(functions.LastOf("f")).IsEqualTo("\"third\"");
        await Assert.That(functions.Later.DamagedRecords).IsEqualTo(1);
    }

    private bool Holds(
        string name,
        byte[] bytes,
        IReadOnlyList<(string Id, int From, int To)> places,
        Action<byte[]> damage,
        bool mayLookCutShort = false)
    {
        var damaged = (byte[])bytes.Clone();
        damage(damaged);
        var untouched = places.Where(p => damaged.AsSpan(p.From..p.To).SequenceEqual(bytes.AsSpan(p.From..p.To)))
            .Select(p => p.Id)
            .ToList();
        using var journal = Open(name, damaged, out var log);
        var recovered = journal.Recovered.Select(p => p.Id).ToList();
        var isChanged = !damaged.AsSpan().SequenceEqual(bytes);
        var isTold =
            log.Any(line => line.Level == LogLevel.Error && line.Text.Contains("is damaged", StringComparison.Ordinal))
                && journal.Damage is { Bytes: > 0, Records: > 0 };
        return recovered.SequenceEqual(untouched) && (isTold == isChanged || (mayLookCutShort && !log.IsEmpty));
    }

    private Journal Open(string name, byte[] bytes, out ConcurrentQueue<(LogLevel Level, string Text)> log)
    {
        var folder = Path.Combine(_root, $"copy-{Interlocked.Increment(ref _copies)}");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        var lines = new LinesOfLog();
        log = lines.Lines;
        return Journal.Open(new JournalSet(folder).TakeFirst(isShared: false), lines);
    }

    // A journal as a current gateway writes it, or as one without sync markers does, and the position of each event's
    // record.
    private async Task<(string Name, byte[] Bytes, IReadOnlyList<(string Id, int From, int To)> Places)> WriteAsync(
        bool marked)
    {
        List<(string, int, int)> places = [];
        var events = Enumerable.Range(0, Events)
            .Select(i => new AsynchronousEvent($"event-{i}", "f", new byte[i * 40], Now)
            {
                Qualifier = i % 2 == 0 ? null : "live",
            })
            .ToList();
        if (!marked)
        {
            using var stream = new MemoryStream();
            foreach (var e in events)
            {
                var from = (int)stream.Length;
                stream.Write(JournalFormat.Write(new JournalRecord.Accepted(e)));
                places.Add((e.Id, from, (int)stream.Length));
            }

            return ("0000000000000001.journal", stream.ToArray(), places);
        }

        var folder = Path.Combine(_root, "written");
        using (var journal = Journal.Open(new JournalSet(folder).TakeFirst(isShared: false), new LinesOfLog()))
        {
            foreach (var e in events)
            {
                var pending = new PendingEvent(e.Id, e.Function, e.AcceptedAt, 0);
                await journal.WriteAsync(JournalWrite.Accept(pending, e));
                var place = pending.Place!;
                places.Add((e.Id, (int)place.Offset - place.Segment.Marker.Length, (int)place.Offset + place.Length));
            }
        }

        var file = Directory.GetFiles(folder, "*.journal").Single();
        return (Path.GetFileName(file), await File.ReadAllBytesAsync(file), places);
    }

    private sealed class LinesOfLog : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
