using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Converging;

/// <summary>
/// Brings one resource to what is wanted: makes the first change of the plan, reads back, plans again, until nothing is left to do.
/// So a change that did not arrive is seen, a change that somebody else made meanwhile is not made twice, and a run that was killed is
/// taken up wherever it was.
/// </summary>
/// <param name="store">Where the resource lives.</param>
/// <param name="patience">How long the store may take.</param>
internal sealed class Convergence<TWanted, TState>(IResourceStore<TWanted, TState> store, Patience patience)
    where TState : class
{
    // What some stores answer is a moment behind what they did.
    private static readonly TimeSpan[] SecondLooks = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)];
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <param name="wanted">The manifest.</param>
    /// <param name="first">What the plan was made of.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <exception cref="StoreFailure">The store went away.</exception>
    public async Task<Converged> RunAsync(TWanted wanted, Reading<TState> first, CancellationToken cancellationToken)
    {
        var progress = new Progress(first, Now() + patience.Settling);
        var creates = first.State is null;
        while (true)
        {
            var plan = store.Plan(wanted, progress.Reading);
            if (plan.IsRefused)
                return progress.End(creates, plan, patience.Settling);
            var change = plan.Changes.FirstOrDefault(c => !progress.Dropped.Contains(c));
            if (change is null && (progress.Reading.IsSettled || progress.IsBuildingOnly(creates)))
                return progress.End(creates, plan, patience.Settling);
            if (!progress.Reading.IsSettled)
            {
                await SettleAsync(wanted, progress, cancellationToken);
                if (!progress.Reading.IsSettled)
                    return progress.End(creates, plan, patience.Settling);
            }
            else if (await ApplyAsync(wanted, change!, progress, cancellationToken) is { } failure)
            {
                return progress.End(creates, plan, patience.Settling) with { Failure = failure };
            }
        }
    }

    /// <returns>What the store said against it; null when it is done, or to be tried again.</returns>
    private async Task<Exception?> ApplyAsync(TWanted wanted, Change change, Progress progress, CancellationToken cancellationToken)
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
            await LookForAsync(wanted, change, progress, cancellationToken);
            return null;
        }

        // Somebody else has done it meanwhile, or is still at it.
        if (!store.Plan(wanted, progress.Reading).Changes.Contains(change))
            return null;
        switch (Failure.KindOf(refusal))
        {
            case FailureKind.Unsupported:
                progress.Learn(change.Property);
                return null;
            case FailureKind.NotReady when Now() - (progress.BusySince ??= Now()) < patience.Answering:
            case FailureKind.Conflict when Now() < progress.Deadline:
                await Task.Delay(LongestPause / 4, _clock, cancellationToken);
                return null;
            default:
                return refusal;
        }
    }

    private async Task LookForAsync(TWanted wanted, Change change, Progress progress, CancellationToken cancellationToken)
    {
        foreach (var pause in SecondLooks)
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

    // Nobody sets this clock.
    private TimeSpan Now() => _clock.GetElapsedTime(0);

    /// <summary>Where one run is.</summary>
    private sealed class Progress(Reading<TState> first, TimeSpan deadline)
    {
        private readonly HashSet<string> _learned = [];
        private Reading<TState> _reading = first;

        /// <summary>On the clock of this run.</summary>
        public TimeSpan Deadline => deadline;

        /// <summary>Since when change calls have failed as they do in a store that is busy; null: the last one did not.</summary>
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

        // An index that an earlier run began is no reason to wait for hours in each later one; what this run began is waited for.
        public bool IsBuildingOnly(bool creates) => Reading.IsUsable && Done.Count == 0 && !creates;

        public Converged End(bool creates, ResourcePlan plan, TimeSpan patience)
        {
            List<Finding> findings = [.. plan.Findings, .. Dropped.Select(c => NotArrived(c, Reading.Traits))];
            if (!Reading.IsSettled)
                findings.Add(StillBuilding(Reading.IsUsable && plan.Changes.All(Dropped.Contains), patience));
            return new Converged(ResourceReport.OutcomeOf(creates && Done.Count > 0, Done), Done, findings);
        }

        private static Finding NotArrived(Change change, StoreTraits traits) => traits.MayDrop(change.Property)
            ? new Finding(FindingKind.Unsupported, change.Property, $"{change.Property} is left as it is: {traits.Name} takes it and drops it ({change.Text})")
            : new Finding(FindingKind.NotArrived, change.Property, $"{traits.Name} said yes to {change.Text}, and does not have it", "look into the store's log; running again tries it again");

        private static Finding StillBuilding(bool isLast, TimeSpan patience) => isLast
            ? new Finding(FindingKind.Kept, "", "is still being built by the store; until that is done, some queries fail")
            : new Finding(FindingKind.NotArrived, "", $"is still being changed by the store after {patience.TotalSeconds:0} s", "run again later: it goes on from there");
    }
}

/// <summary>How long a store may take.</summary>
/// <param name="Answering">Until it takes a call.</param>
/// <param name="Settling">Until what it was asked for is there, e.g. an index is built.</param>
internal sealed record Patience(TimeSpan Answering, TimeSpan Settling);

/// <summary>Where a resource has come to.</summary>
/// <param name="Outcome">Of what was done.</param>
/// <param name="Changes">That were made and are there.</param>
/// <param name="Findings">What is not.</param>
internal sealed record Converged(Outcome Outcome, IReadOnlyList<Change> Changes, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the store said no with; null when it did not.</summary>
    public Exception? Failure { get; init; }
}
