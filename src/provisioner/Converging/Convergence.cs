using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Converging;

/// <summary>
/// Brings one resource to the wanted state. It makes the first change of the plan, reads the resource back and plans
/// again, until nothing is left to do. In this way a change without effect is noticed, a change that somebody else has
/// made in the meantime is not repeated, and a run that was killed is continued by the next run.
/// </summary>
/// <param name="store">The store of the resource.</param>
/// <param name="timeouts">How long the store may take.</param>
internal sealed class Convergence<TWanted, TState>(IResourceStore<TWanted, TState> store, Timeouts timeouts)
    where TState : class
{
    // Some stores are eventually consistent: a read may not yet see the last change.
    private static readonly TimeSpan[] ConfirmationPauses =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)];
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <param name="wanted">The wanted resource.</param>
    /// <param name="first">The state from which the plan was made.</param>
    /// <param name="cancellationToken">Cancels between two calls.</param>
    /// <exception cref="StoreFailure">The store can no longer be used.</exception>
    public async Task<Converged> RunAsync(TWanted wanted, Reading<TState> first, CancellationToken cancellationToken)
    {
        var progress = new Progress(first, Now() + timeouts.Settling);
        var creates = first.State is null;
        while (true)
        {
            var plan = store.Plan(wanted, progress.Reading);
            if (plan.IsRefused)
                return progress.End(creates, plan, timeouts.Settling);
            var change = plan.Changes.FirstOrDefault(c => !progress.Dropped.Contains(c));
            if (change is null && (progress.Reading.IsSettled || progress.IsBuildingOnly(creates)))
                return progress.End(creates, plan, timeouts.Settling);
            if (!progress.Reading.IsSettled)
            {
                await SettleAsync(wanted, progress, cancellationToken);
                if (!progress.Reading.IsSettled)
                    return progress.End(creates, plan, timeouts.Settling);
            }
            else if (await ApplyAsync(wanted, change!, progress, cancellationToken) is { } failure)
            {
                return progress.End(creates, plan, timeouts.Settling) with { Failure = failure };
            }
        }
    }

    /// <returns>
    /// The exception with the store's refusal; null when the change has been made or is to be retried.
    /// </returns>
    private async Task<Exception?> ApplyAsync(
        TWanted wanted,
        Change change,
        Progress progress,
        CancellationToken cancellationToken)
    {
        Exception? refusal = null;
        try
        {
            await store.ApplyAsync(wanted, change, cancellationToken);
        }
        catch (Exception e) when (e is not StoreFailure && !cancellationToken.IsCancellationRequested)
        {
            refusal = e;
        }

        await SettleAsync(wanted, progress, cancellationToken);
        if (refusal is null)
        {
            progress.BusySince = null;
            await ConfirmAsync(wanted, change, progress, cancellationToken);
            return null;
        }

        // Somebody else has made the change in the meantime, or is still making it.
        if (!store.Plan(wanted, progress.Reading).Changes.Contains(change))
            return null;
        switch (Failure.KindOf(refusal))
        {
            case FailureKind.Unsupported:
                progress.Learn(change.Property);
                return null;
            case FailureKind.NotReady when Now() - (progress.BusySince ??= Now()) < timeouts.Answering:
            case FailureKind.Conflict when Now() < progress.Deadline:
                await Task.Delay(LongestPause / 4, _clock, cancellationToken);
                return null;
            default:
                return refusal;
        }
    }

    private async Task ConfirmAsync(
        TWanted wanted,
        Change change,
        Progress progress,
        CancellationToken cancellationToken)
    {
        foreach (var pause in ConfirmationPauses)
        {
            if (!store.Plan(wanted, progress.Reading).Changes.Contains(change))
            {
                progress.Done.Add(change);
                return;
            }

            await Task.Delay(pause, _clock, cancellationToken);
            await SettleAsync(wanted, progress, cancellationToken);
        }

        (store.Plan(wanted, progress.Reading).Changes.Contains(change) ? progress.Dropped : progress.Done).Add(change);
    }

    private async Task SettleAsync(TWanted wanted, Progress progress, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            progress.Reading = await store.ReadAsync(wanted, cancellationToken);
            if (progress.Reading.IsSettled || Now() >= progress.Deadline)
                return;
            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    // The run always uses the system clock.
    private TimeSpan Now() => _clock.GetElapsedTime(0);

    /// <summary>The state of one run.</summary>
    private sealed class Progress(Reading<TState> first, TimeSpan deadline)
    {
        private readonly HashSet<string> _learned = [];
        private Reading<TState> _reading = first;

        /// <summary>The time until which the run waits for changes in progress, including those of others.</summary>
        public TimeSpan Deadline => deadline;

        /// <summary>
        /// Since when changes have failed because the store is busy; null when the last change did not fail for this
        /// reason.
        /// </summary>
        public TimeSpan? BusySince { get; set; }

        public List<Change> Done { get; } = [];

        public List<Change> Dropped { get; } = [];

        public Reading<TState> Reading
        {
            get => _reading;
            set => _reading = value with { Lacking = value.Lacking.Union(_learned).ToHashSet(StringComparer.Ordinal) };
        }

        public void Learn(string property)
        {
            _learned.Add(property);
            Reading = _reading;
        }

        // An index that an earlier run began to build must not delay each later run by hours. A run waits only for what
        // it began itself.
        public bool IsBuildingOnly(bool creates) => Reading.IsUsable && Done.Count == 0 && !creates;

        public Converged End(bool creates, ResourcePlan plan, TimeSpan timeout)
        {
            List<Finding> findings = [.. plan.Findings, .. Dropped.Select(c => NotArrived(c, Reading.Traits))];
            if (!Reading.IsSettled)
                findings.Add(StillBuilding(Reading.IsUsable && plan.Changes.All(Dropped.Contains), timeout));
            return new Converged(ResourceReport.OutcomeOf(creates && Done.Count > 0, Done), Done, findings);
        }

        private static Finding NotArrived(Change change, StoreTraits traits) => traits.MayDrop(change.Property)
            ? new Finding(
                FindingKind.Unsupported,
                change.Property,
                $"{change.Property} is left as it is: {traits.Name} accepts it and ignores it ({change.Text})")
            : new Finding(
                FindingKind.NotArrived,
                change.Property,
                $"{traits.Name} accepted {change.Text}, but did not apply it",
                "check the store's log; running again retries it");

        private static Finding StillBuilding(bool isLast, TimeSpan timeout) => isLast
            ? new Finding(
                FindingKind.Kept, "", "is still being built by the store; until that is done, some queries fail")
            : new Finding(
                FindingKind.NotArrived,
                "",
                $"is still being changed by the store after {timeout.TotalSeconds:0} s",
                "run again later: it continues from there");
    }
}

/// <summary>How long a store may take.</summary>
/// <param name="Answering">How long until it accepts a call.</param>
/// <param name="Settling">How long until a change is complete, such as the construction of an index.</param>
internal sealed record Timeouts(TimeSpan Answering, TimeSpan Settling);

/// <summary>The result for one resource.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Changes">The changes that were made and verified.</param>
/// <param name="Findings">The differences that were not changed.</param>
internal sealed record Converged(Outcome Outcome, IReadOnlyList<Change> Changes, IReadOnlyList<Finding> Findings)
{
    /// <summary>The exception with the store's refusal; null when the store refused nothing.</summary>
    public Exception? Failure { get; init; }
}
