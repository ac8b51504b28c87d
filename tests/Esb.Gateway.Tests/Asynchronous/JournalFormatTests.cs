using CsCheck;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class JournalFormatTests
{
    private static readonly Gen<AsynchronousEvent> Events =
        from id in Gen.String
        from function in Gen.String[Gen.Char.AlphaNumeric, 1, 64]
        from payload in Gen.Byte.Array[0, 2000]
        from milliseconds in Gen.Long[0, 4_000_000_000_000]
        from hops in Gen.Int[0, 16]
        from trace in Gen.String[1, 100]
        from qualifier in Gen.Null(Gen.String[Gen.Char.AlphaNumeric, 1, 20])
        let acceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        select new AsynchronousEvent(id, function, payload, acceptedAt)
        {
            Hops = hops,
            TraceId = trace,
            Qualifier = qualifier,
        };

    [Test]
    public void What_is_written_as_a_frame_is_read_back_the_same() => Events.Sample(e =>
    {
        var frame = JournalFormat.Write(new JournalRecord.Accepted(e));
        return JournalFormat.TryRead(frame, out var record)
            && record is JournalRecord.Accepted { Event: var read }
            && read with { Payload = default } == e with { Payload = default }
            && read.Payload.Span.SequenceEqual(e.Payload.Span);
    });

    [Test]
    public async Task The_times_of_an_event_are_read_back_and_a_record_of_an_earlier_version_has_none()
    {
        var times = new EventTimes(
            Guid.NewGuid(), TimeSpan.FromDays(3), TimeSpan.FromHours(1), TimeSpan.FromMinutes(2));
        foreach (var written in new EventTimes?[] { times, null })
        {
            var attempted = new JournalRecord.Attempted("id", 2, DateTimeOffset.UnixEpoch.AddYears(50), written);
            await Assert.That(JournalFormat.TryRead(JournalFormat.Write(attempted), out var record)).IsTrue();
            await Assert.That(record).IsEqualTo(attempted);
        }
    }

    [Test]
    public void A_frame_with_one_changed_byte_or_a_missing_end_is_never_read() =>
        Gen.Select(Events, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((e, at, change) =>
        {
            var frame = JournalFormat.Write(new JournalRecord.Accepted(e));
            var damaged = (byte[])frame.Clone();
            damaged[at % frame.Length] ^= change;
            return !JournalFormat.TryRead(damaged, out _)
                && !JournalFormat.TryRead(frame.AsMemory(0, at % frame.Length), out _);
        });
}
