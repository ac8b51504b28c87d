using System.IO.Pipelines;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Objects.Tests.Payloads;

/// <summary>Answers that wait for clients that read late or never.</summary>
public sealed class AnswerBufferTests
{
    private const int Megabyte = 1024 * 1024;
    private const int Most = 64;

    [Test]
    public async Task What_waits_has_a_common_bound_and_who_comes_then_is_told_to_slow_down()
    {
        var answers = new AnswerBuffer(new SteppedTime());
        var clients = Enumerable.Range(0, Most).Select(_ => new Client(answers, Megabyte)).ToList();
        await Assert.That(answers.Held).IsEqualTo((long)Most * Megabyte);
        await Assert.That(() => answers.ThrowIfFull(1)).Throws<S3Exception>()
            .WithMessageContaining("reduce your request rate");
        await clients[7].TakeAsync();
        answers.ThrowIfFull(Megabyte);
        foreach (var client in clients.Where((_, i) => i != 7))
            await client.TakeAsync();
        await Assert.That(answers.Held).IsEqualTo(0);
        await Assert.That(clients.Any(c => c.IsLetGo)).IsFalse();
    }

    [Test]
    public async Task Those_that_have_waited_for_long_make_way_and_no_more_of_them_than_needed()
    {
        var time = new SteppedTime();
        var answers = new AnswerBuffer(time);
        var old = Enumerable.Range(0, Most / 2).Select(_ => new Client(answers, Megabyte)).ToList();
        time.Advance(TimeSpan.FromSeconds(9));
        var young = Enumerable.Range(0, Most / 2).Select(_ => new Client(answers, Megabyte)).ToList();
        time.Advance(TimeSpan.FromSeconds(1));
        answers.ThrowIfFull(2 * Megabyte);
        await Assert.That(old.Count(c => c.IsLetGo)).IsEqualTo(2);
        await Assert.That(young.Any(c => c.IsLetGo)).IsFalse();
        await Assert.That(answers.Held).IsEqualTo((long)(Most - 2) * Megabyte);
        // The end of aborted answers does not return their room a second time.
        await old[0].TakeAsync();
        await Assert.That(answers.Held).IsEqualTo((long)(Most - 2) * Megabyte);
    }

    [Test]
    public async Task An_answer_that_is_taken_at_once_holds_nothing()
    {
        var answers = new AnswerBuffer(new SteppedTime());
        await answers.WaitAsync(
            new DefaultHttpContext(), ValueTask.FromResult(default(FlushResult)), 2L * Most * Megabyte);
        await Assert.That(answers.Held).IsEqualTo(0);
    }

    private sealed class Client : IHttpRequestLifetimeFeature
    {
        private readonly TaskCompletionSource<FlushResult> _taken = new();
        private readonly Task _answer;

        public Client(AnswerBuffer answers, long bytes)
        {
            var http = new DefaultHttpContext();
            http.Features.Set<IHttpRequestLifetimeFeature>(this);
            _answer = answers.WaitAsync(http, new ValueTask<FlushResult>(_taken.Task), bytes).AsTask();
        }

        public bool IsLetGo { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsLetGo = true;

        public Task TakeAsync()
        {
            _taken.SetResult(default);
            return _answer;
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerHour;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
