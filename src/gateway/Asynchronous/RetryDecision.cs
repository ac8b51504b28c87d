using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Asynchronous;

/// <summary>What is to become of an event.</summary>
internal enum Verdict
{
    /// <summary>The function returned.</summary>
    Succeeded,

    /// <summary>The function failed and gets it again.</summary>
    Retry,

    /// <summary>The function never had it, for lack of room; it is offered again.</summary>
    Postpone,

    /// <summary>The function failed as often as it may.</summary>
    RetriesExhausted,

    /// <summary>It is too old.</summary>
    EventAgeExceeded,
}

/// <summary>
/// When an event is tried again. Source: AWS, "How Lambda handles errors and retries with asynchronous invocation": a function error is
/// tried two more times, after one minute and after two; a throttle or an error of the system goes back to the queue, with pauses that
/// grow from one second to five minutes, for up to six hours.
/// </summary>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Pause">Until it is tried again, if it is.</param>
internal readonly record struct RetryDecision(Verdict Verdict, TimeSpan Pause)
{
    private const int DefaultRetries = 2;

    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(6);

    /// <summary>No event waits longer for its next try.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public static TimeSpan MaximumAge(AsynchronousSettings settings) =>
        settings.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultAge;

    /// <param name="pending">The event.</param>
    /// <param name="settings">The function's, as they are now.</param>
    /// <param name="now">On the steady clock.</param>
    public static bool IsTooOld(PendingEvent pending, AsynchronousSettings settings, TimeSpan now) =>
        now - pending.Accepted >= MaximumAge(settings);

    /// <param name="pending">As it was before this try.</param>
    /// <param name="outcome">How the try ended.</param>
    /// <param name="settings">The function's, as they are now.</param>
    /// <param name="now">When the try ended, on the steady clock.</param>
    public static RetryDecision After(PendingEvent pending, InvocationOutcome outcome, AsynchronousSettings settings, TimeSpan now)
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
        return pause < LongestPause ? pause : LongestPause;
    }
}
