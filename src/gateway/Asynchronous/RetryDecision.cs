using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Asynchronous;

/// <summary>What to do with an event.</summary>
internal enum Verdict
{
    /// <summary>The function returned.</summary>
    Succeeded,

    /// <summary>The function failed and gets the event again.</summary>
    Retry,

    /// <summary>The function did not receive the event, for lack of capacity; the event is offered again.</summary>
    Postpone,

    /// <summary>The function failed as often as its settings allow.</summary>
    RetriesExhausted,

    /// <summary>The event is too old.</summary>
    EventAgeExceeded,
}

/// <summary>
/// Decides whether and when an event is tried again. Source: AWS, "How Lambda handles errors and retries with
/// asynchronous invocation". A function error is retried twice, after one minute and then after two. A throttle or a
/// system error returns the event to the queue, with pauses that grow from one second to five minutes, for up to six
/// hours.
/// </summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Pause">The pause before the next attempt, if there is one.</param>
internal readonly record struct RetryDecision(Verdict Verdict, TimeSpan Pause)
{
    private const int DefaultRetries = 2;

    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(6);

    /// <summary>The maximum wait for the next attempt.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(5);

    public static TimeSpan MaximumAge(AsynchronousSettings settings) =>
        settings.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultAge;

    /// <param name="pending">The event.</param>
    /// <param name="settings">The current settings of its function.</param>
    /// <param name="now">The time on the steady clock.</param>
    public static bool IsTooOld(PendingEvent pending, AsynchronousSettings settings, TimeSpan now) =>
        now - pending.Accepted >= MaximumAge(settings);

    /// <param name="pending">The event as it was before this attempt.</param>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="settings">The current settings of its function.</param>
    /// <param name="now">When the attempt ended, on the steady clock.</param>
    public static RetryDecision After(
        PendingEvent pending,
        InvocationOutcome outcome,
        AsynchronousSettings settings,
        TimeSpan now)
    {
        if (outcome == InvocationOutcome.Succeeded)
            return new RetryDecision(Verdict.Succeeded, default);
        var hadIt = outcome is not (InvocationOutcome.Refused or InvocationOutcome.PlatformLost);
        if (hadIt && pending.Attempts >= (settings.MaximumRetryAttempts ?? DefaultRetries))
            return new RetryDecision(Verdict.RetriesExhausted, default);
        var pause = hadIt ? TimeSpan.FromMinutes(pending.Attempts + 1) : Postponement(pending.Throttles);
        return now + pause - pending.Accepted >= MaximumAge(settings)
            ? new RetryDecision(Verdict.EventAgeExceeded, default)
            : new RetryDecision(hadIt ? Verdict.Retry : Verdict.Postpone, pause);
    }

    private static TimeSpan Postponement(int throttles)
    {
        var pause = TimeSpan.FromSeconds(1 << Math.Min(throttles, 9));
        return pause < MaxPause ? pause : MaxPause;
    }
}
