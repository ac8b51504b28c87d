using System.Collections.Concurrent;

namespace Esb.Gateway.Bodies;

/// <summary>
/// The memory limit for all request bodies together. Each body may have ten megabytes, and there may be thousands of
/// connections with a hundred streams each. Without the limit, a few hundred slow clients would use all memory.
/// Received bytes count and announced bytes do not, so that an announcement costs other clients nothing. Every body
/// must make progress; Kestrel requires that only of a connection as a whole.
/// </summary>
internal sealed class BodyBudget(long bytes, TimeProvider? time = null)
{
    /// <summary>
    /// A client that sends less than this in a window is too slow. The window is long enough for a hundred bodies on a
    /// slow line.
    /// </summary>
    public const int MinReceived = 2_400;

    // When memory is short, the body of a client that sent less than this in several successive checks is ended to make
    // room for others.
    private const int SlowBytes = 16 * 1024;
    private const int SlowChecks = 2;

    /// <summary>The time in which a body must make progress.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    // Guards the set below. Held while a body is being ended, because another request must not use its reader
    // meanwhile.
    private readonly Lock _gate = new();
    private readonly HashSet<Share> _waiting = [];
    private ConcurrentQueue<Share> _slow = new();
    private long _held;
    private readonly GarbageTrigger _garbage = new(bytes / 4); // of incomplete bodies
    private long _checkedAt;

    /// <summary>The number of bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Opens the share of one request, which releases its bytes when it is disposed.</summary>
    public Share Open() => new(this);

    /// <summary>Ends bodies that make no progress. Called often; checks once a second.</summary>
    public void Check()
    {
        if (_time.GetElapsedTime(_checkedAt) < CheckInterval)
            return;
        _checkedAt = _time.GetTimestamp();
        List<Share> late = [];
        List<Share> slow = [];
        lock (_gate)
        {
            foreach (var share in _waiting)
                (share.IsLateAt(_checkedAt) ? late : share.SlowCount >= SlowChecks ? slow : null)?.Add(share);
            late.ForEach(End);
        }

        if (slow.Count > 0 || !_slow.IsEmpty)
            _slow = new ConcurrentQueue<Share>(slow.OrderByDescending(s => s.SlowCount));
    }

    // The memory of an ended body becomes free only for later requests, because its own request has to end first.
    private bool TryTake(long count)
    {
        if (Interlocked.Add(ref _held, count) <= bytes)
            return true;
        Return(count);
        EndSlowest();
        return false;
    }

    private void Return(long count) => Interlocked.Add(ref _held, -count);

    private void EndSlowest()
    {
        while (_slow.TryDequeue(out var share))
        {
            lock (_gate)
            {
                if (!_waiting.Contains(share))
                    continue;
                End(share);
                return;
            }
        }
    }

    private void End(Share share)
    {
        _waiting.Remove(share);
        share.End();
    }

    /// <summary>The share of one request; used by one thread at a time.</summary>
    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _held;
        private Action? _stop;

        // Used by the check only.
        private long _heldAtCheck;
        private long _heldAtWindow;
        private long _windowAt;

        /// <summary>Whether it was ended because it made no progress.</summary>
        public bool IsEnded { get; private set; }

        internal int SlowCount { get; private set; }

        /// <summary>Grows to this size; false, without a change, when there is not enough memory.</summary>
        public bool TryGrow(long size)
        {
            if (size <= _held)
                return true;
            if (!budget.TryTake(size - _held))
                return false;
            Volatile.Write(ref _held, size);
            return true;
        }

        /// <summary>From now on more bytes must arrive, or <paramref name="stop"/> is called.</summary>
        public void Wait(Action stop)
        {
            (_stop, _heldAtCheck, _heldAtWindow, _windowAt) = (stop, _held, _held, budget._time.GetTimestamp());
            lock (budget._gate)
                budget._waiting.Add(this);
        }

        /// <summary>No more bytes have to arrive.</summary>
        public void EndWait()
        {
            lock (budget._gate)
                budget._waiting.Remove(this);
        }

        /// <summary>Called when the body is incomplete, so that the received part is useless.</summary>
        public void BreakOff() => budget._garbage.Add(_held);

        public void Dispose()
        {
            budget.Return(_held);
            _held = 0;
        }

        internal bool IsLateAt(long now)
        {
            var held = Volatile.Read(ref _held);
            SlowCount = held - _heldAtCheck < SlowBytes ? SlowCount + 1 : 0;
            _heldAtCheck = held;
            if (budget._time.GetElapsedTime(_windowAt, now) < Window)
                return false;
            var isLate = held - _heldAtWindow < MinReceived;
            (_windowAt, _heldAtWindow) = (now, held);
            return isLate;
        }

        internal void End()
        {
            IsEnded = true;
            _stop!();
        }
    }
}
