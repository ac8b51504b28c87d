using Esb.Gateway.Forwarding;
using Esb.Gateway.Tests.Schedules;

namespace Esb.Gateway.Tests.Forwarding;

internal sealed class ServerTimerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);

    [Test]
    public async Task A_server_has_its_whole_timeout_however_long_its_client_takes()
    {
        using var timer = new ServerTimer(Timeout, _time);
        _time.Advance(Timeout / 2);
        timer.BeginSending();
        _time.Advance(Minute * 10);
        timer.EndSending();
        await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
        _time.Advance((Timeout / 2) - TimeSpan.FromSeconds(1));
        await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(timer.Late.IsCancellationRequested).IsTrue();
    }

    [Test]
    public async Task After_each_part_of_a_body_the_server_has_its_whole_timeout_again()
    {
        using var timer = new ServerTimer(Timeout, _time);
        for (var i = 0; i < 3; i++)
        {
            timer.BeginReceiving();
            _time.Advance(Timeout);
            timer.EndReceiving();
            _time.Advance(Timeout - TimeSpan.FromSeconds(1));
        }

        await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(timer.Late.IsCancellationRequested).IsTrue();
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_slow_client_occupies_the_server_for_fifteen_minutes_at_most(bool isReceiving)
    {
        using var timer = new ServerTimer(Timeout, _time);
        for (var i = 0; i < 15; i++)
        {
            await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
            if (isReceiving)
                timer.BeginReceiving();
            else
                timer.BeginSending();
            _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
            if (isReceiving)
                timer.EndReceiving();
            else
                timer.EndSending();
        }

        await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
        timer.BeginReceiving();
        _time.Advance(TimeSpan.FromMilliseconds(15));
        await Assert.That(timer.Late.IsCancellationRequested).IsTrue();
    }

    [Test]
    public async Task A_client_that_pauses_for_a_minute_while_it_sends_is_too_slow()
    {
        using var timer = new ServerTimer(Timeout, _time);
        timer.BeginReceiving();
        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        await Assert.That(timer.Late.IsCancellationRequested).IsFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(timer.Late.IsCancellationRequested).IsTrue();
    }
}
