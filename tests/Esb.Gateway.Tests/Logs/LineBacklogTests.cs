using Esb.AdminProtocol;
using Esb.Gateway.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Logs;

/// <summary>
/// Lines in memory are bounded in bytes too: a client may be able to make a function write long ones.
/// </summary>
internal sealed class LineBacklogTests
{
    private const int Long = 128 * 1024;

    [Test]
    public async Task A_backlog_accepts_lines_until_its_bytes_are_used_up_and_again_after_some_were_read()
    {
        var dropped = 0;
        var backlog = new LineBacklog(1_000, 10 * LineBacklog.CostOf(Line(Long)), () => dropped++);
        for (var i = 0; i < 15; i++)
            backlog.Add(Line(Long));
        await Assert.That(dropped).IsEqualTo(5);
        for (var i = 0; i < 10; i++)
            await Assert.That(backlog.TryRead(out _)).IsTrue();
        await Assert.That(backlog.TryRead(out _)).IsFalse();
        backlog.Add(Line(Long));
        await Assert.That((dropped, backlog.TryRead(out _))).IsEqualTo((5, true));
    }

    [Test]
    public async Task A_line_larger_than_the_limit_is_accepted_when_the_queue_is_empty()
    {
        var backlog = new LineBacklog(1_000, 10);
        backlog.Add(Line(100));
        backlog.Add(Line(1));
        await Assert.That((backlog.TryRead(out var line), line.Text.Length, backlog.TryRead(out _)))
            .IsEqualTo((true, 100, false));
    }

    [Test]
    public async Task The_last_lines_are_fewer_when_they_are_long_and_the_newest_are_always_among_them()
    {
        var recent = new RecentLines();
        for (var i = 0; i < 2_000; i++)
            recent.Add(Line(Long) with { RequestId = $"{i}" });
        await Assert.That(recent.Held).IsLessThanOrEqualTo(32 * 1024 * 1024);
        var kept = recent.All().Select(l => int.Parse(l.RequestId, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        await Assert.That(kept).IsEquivalentTo(Enumerable.Range(2_000 - kept.Count, kept.Count));
        await Assert.That(kept.Count).IsGreaterThan(100);
        for (var i = 0; i < 20_000; i++)
            recent.Add(Line(1));
        await Assert.That((recent.All().Count(), recent.Held)).IsEqualTo((8_192, 2L * 8_192));
    }

    [Test]
    public async Task At_most_sixty_four_followers_are_allowed_at_a_time()
    {
        var store = new LogStore(null, NullLogger<LogStore>.Instance);
        var followers = Enumerable.Range(0, 64).Select(_ => store.Follow()!).ToList();
        await Assert.That(store.Follow()).IsNull();
        followers[7].Dispose();
        await Assert.That(store.Follow()).IsNotNull();
    }

    private static LogRecord Line(int length) =>
        new(DateTimeOffset.UnixEpoch, "f", "1", "", "w", "stdout", new string('x', length));
}
