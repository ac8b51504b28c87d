using System.Globalization;

namespace Esb.Provisioner.Stores;

/// <summary>A store as messages name it.</summary>
/// <param name="Name"><c>DynamoDB</c> or <c>S3</c>.</param>
/// <param name="Endpoint">Null: AWS, found by region.</param>
/// <param name="Variable">The variable that sets it.</param>
internal sealed record StoreAddress(string Name, Uri? Endpoint, string Variable)
{
    public override string ToString() => $"{Name} at {Endpoint?.AbsoluteUri.TrimEnd('/') ?? "AWS"}";
}

/// <summary>Calls on one store: a store that is not ready is asked again, ever more slowly, until the time is up.</summary>
/// <param name="address">For messages.</param>
/// <param name="timeout">For each call.</param>
/// <param name="progress">Hears that somebody waits, and why; not more often than every few seconds.</param>
internal sealed class StoreCalls(StoreAddress address, TimeSpan timeout, TextWriter progress)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenWords = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Lock _word = new();
    private long? _lastWord;

    /// <exception cref="StoreFailure">It does not answer in time, cannot be reached, or does not take the credentials.</exception>
    /// <exception cref="Exception">What the store said, when it said something else.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var reason = "it does not answer";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // A call that hangs counts too: what is left of the time is all that the next one has.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Left(start));
            try
            {
                return await call(patience.Token);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var waited = _clock.GetElapsedTime(start);
                if (!patience.IsCancellationRequested)
                    reason = Failure.TextOf(e);
                switch (Failure.KindOf(e))
                {
                    case FailureKind.NotReady when waited + pause < timeout:
                        await SayAsync(e, waited);
                        break;
                    case FailureKind.NotReady:
                        throw new StoreFailure($"{address} is not ready after {Seconds(timeout)}: {reason}", $"start it, or set {address.Variable}; PROVISION_TIMEOUT is how long it is waited for", e);
                    case FailureKind.Unreachable:
                        throw new StoreFailure($"{address} cannot be reached: {Failure.TextOf(e)}", $"set {address.Variable} to where it is", e);
                    case FailureKind.Denied:
                        throw new StoreFailure($"{address} does not take the credentials: {Failure.TextOf(e)}", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to those of the store", e);
                    default:
                        throw;
                }
            }

            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    private TimeSpan Left(long start) => timeout - _clock.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task SayAsync(Exception exception, TimeSpan waited)
    {
        lock (_word)
        {
            if (waited < Silence || (_lastWord is { } last && _clock.GetElapsedTime(last) < BetweenWords))
                return;
            _lastWord = _clock.GetTimestamp();
        }

        await progress.WriteLineAsync($"waiting for {address}, {Seconds(waited)} of {Seconds(timeout)}: {Failure.TextOf(exception)}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
