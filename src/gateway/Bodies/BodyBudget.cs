using System.Collections.Concurrent;

namespace Esb.Gateway.Bodies;

/// <summary>
/// What all request bodies together may take. Each may be ten megabytes and there may be thousands of connections, with a hundred streams each:
/// without a common bound a few hundred clients that send slowly would take all memory. Counts bytes that have come, not bytes that were
/// announced, so that an announcement costs others nothing. Each body that waits must go on coming: Kestrel asks that of a connection only.
/// </summary>
internal sealed class BodyBudget(long bytes, TimeProvider? time = null)
{
    // Who brings less than this in a window does not send. Long enough for a hundred bodies that share a slow line.
    private const int LeastBrought = 2_400;

    // Under pressure, whoever brings less than this in so many looks in a row makes room for others.
    private const int SlowBytes = 16 * 1024;
    private const int SlowLooks = 2;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    // Guards the set below. Held while a body is ended: its reader must not be another request's meanwhile.
    private readonly Lock _gate = new();
    private readonly HashSet<Share> _waiting = [];
    private ConcurrentQueue<Share> _slow = new();
    private long _held;
    private readonly LeftBehind _left = new(bytes / 4); // bodies that broke off
    private long _lookedAt;

    /// <summary>Bytes held at this moment.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>A share of one request; gives back what it holds when it is disposed.</summary>
    public Share Open() => new(this);

    /// <summary>Ends bodies that do not go on. Called often; looks once a second.</summary>
    public void Look()
    {
        if (_time.GetElapsedTime(_lookedAt) < LookInterval)
            return;
        _lookedAt = _time.GetTimestamp();
        List<Share> late = [];
        List<Share> slow = [];
        lock (_gate)
        {
            foreach (var share in _waiting)
                (share.IsLateAt(_lookedAt) ? late : share.LooksSlow >= SlowLooks ? slow : null)?.Add(share);
            late.ForEach(End);
        }

        if (slow.Count > 0 || !_slow.IsEmpty)
            _slow = new ConcurrentQueue<Share>(slow.OrderByDescending(s => s.LooksSlow));
    }

    // What makes way is there for whoever comes next: its request has to end first.
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

    /// <summary>Belongs to one request, used by one thread at a time.</summary>
    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _held;
        private Action? _stop;

        // Used by whoever looks.
        private long _heldAtLook;
        private long _heldAtWindow;
        private long _windowAt;

        /// <summary>Whether it was ended because it did not go on.</summary>
        public bool IsEnded { get; private set; }

        internal int LooksSlow { get; private set; }

        /// <summary>Makes it so large; false when there is no room, and then it stays as it was.</summary>
        public bool TryGrow(long size)
        {
            if (size <= _held)
                return true;
            if (!budget.TryTake(size - _held))
                return false;
            Volatile.Write(ref _held, size);
            return true;
        }

        /// <summary>More has to come, and goes on coming from now on, or <paramref name="stop"/> is called.</summary>
        public void Wait(Action stop)
        {
            (_stop, _heldAtLook, _heldAtWindow, _windowAt) = (stop, _held, _held, budget._time.GetTimestamp());
            lock (budget._gate)
                budget._waiting.Add(this);
        }

        /// <summary>Nothing more has to come.</summary>
        public void EndWait()
        {
            lock (budget._gate)
                budget._waiting.Remove(this);
        }

        /// <summary>The rest does not come, and what has come is of no use.</summary>
        public void BreakOff() => budget._left.Add(_held);

        public void Dispose()
        {
            budget.Return(_held);
            _held = 0;
        }

        internal bool IsLateAt(long now)
        {
            var held = Volatile.Read(ref _held);
            LooksSlow = held - _heldAtLook < SlowBytes ? LooksSlow + 1 : 0;
            _heldAtLook = held;
            if (budget._time.GetElapsedTime(_windowAt, now) < Window)
                return false;
            var isLate = held - _heldAtWindow < LeastBrought;
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
