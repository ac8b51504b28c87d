namespace Esb.Gateway.Listening;

/// <summary>
/// What all request bodies together may take. Each may be ten megabytes and there may be thousands of connections: without a common bound a
/// few hundred clients that send slowly would take all memory. Counts bytes that have come, not bytes that were announced, so that an
/// announcement costs others nothing.
/// </summary>
internal sealed class BodyBudget(long bytes)
{
    private long _free = bytes;

    /// <summary>A share of one request; gives back what it holds when it is disposed.</summary>
    public Share Open() => new(this);

    private bool TryTake(long count)
    {
        if (Interlocked.Add(ref _free, -count) >= 0)
            return true;
        Interlocked.Add(ref _free, count);
        return false;
    }

    private void Return(long count) => Interlocked.Add(ref _free, count);

    /// <summary>Belongs to one request, used by one thread at a time.</summary>
    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _held;

        /// <summary>Makes it so large; false when there is no room, and then it stays as it was.</summary>
        public bool TryGrow(long size)
        {
            if (size <= _held)
                return true;
            if (!budget.TryTake(size - _held))
                return false;
            _held = size;
            return true;
        }

        public void Dispose()
        {
            budget.Return(_held);
            _held = 0;
        }
    }
}
