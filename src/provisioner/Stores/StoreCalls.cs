using System.Globalization;

namespace Esb.Provisioner.Stores;

/// <summary>A store as it is named in messages.</summary>
/// <param name="Name"><c>DynamoDB</c> or <c>S3</c>.</param>
/// <param name="Endpoint">The endpoint; null for AWS, whose endpoint depends on the region.</param>
/// <param name="Variable">The environment variable that sets the endpoint.</param>
internal sealed record StoreAddress(string Name, Uri? Endpoint, string Variable)
{
    public override string ToString() => $"{Name} at {Endpoint?.AbsoluteUri.TrimEnd('/') ?? "AWS"}";
}

/// <summary>
/// Makes calls to one store. While the store is not ready, a call is retried with increasing pauses until its time is
/// up.
/// </summary>
/// <param name="address">The store, for messages.</param>
/// <param name="timeout">The time limit for each call, including its retries.</param>
/// <param name="progress">Receives a message about what is waited for and why, at most every few seconds.</param>
/// <param name="clock">Measures how long a call has been tried; the default is the machine's clock.</param>
internal sealed class StoreCalls(
    StoreAddress address,
    TimeSpan timeout,
    TextWriter progress,
    TimeProvider? clock = null)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MessageInterval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private long? _lastMessage;

    /// <exception cref="StoreFailure">
    /// The store does not answer in time, cannot be reached, or does not accept the credentials.
    /// </exception>
    /// <exception cref="Exception">Any other answer of the store.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var reason = "it does not answer";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // The time of a call that hangs counts too: the next attempt has only the remaining time.
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Left(start));
            try
            {
                return await call(deadline.Token);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var waited = _clock.GetElapsedTime(start);
                if (!deadline.IsCancellationRequested)
                    reason = Failure.TextOf(e);
                switch (Failure.KindOf(e))
                {
                    case FailureKind.NotReady when waited + pause < timeout:
                        await ReportAsync(e, waited);
                        break;
                    case FailureKind.NotReady:
                        throw new StoreFailure(
                            $"{address} is not ready after {Seconds(timeout)}: {reason}",
                            $"start it, or set {address.Variable}; PROVISION_TIMEOUT is how long to wait",
                            e);
                    case FailureKind.Unreachable:
                        throw new StoreFailure(
                            $"{address} cannot be reached: {Failure.TextOf(e)}",
                            $"set {address.Variable} to its address",
                            e);
                    case FailureKind.Denied:
                        throw new StoreFailure(
                            $"{address} does not accept the credentials: {Failure.TextOf(e)}",
                            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to those of the store",
                            e);
                    default:
                        throw;
                }
            }

            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    private TimeSpan Left(long start) =>
        timeout - _clock.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task ReportAsync(Exception exception, TimeSpan waited)
    {
        lock (_gate)
        {
            if (waited < QuietPeriod || (_lastMessage is { } last && _clock.GetElapsedTime(last) < MessageInterval))
                return;
            _lastMessage = _clock.GetTimestamp();
        }

        await progress.WriteLineAsync(
            $"waiting for {address}, {Seconds(waited)} of {Seconds(timeout)}: {Failure.TextOf(exception)}");
    }

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
