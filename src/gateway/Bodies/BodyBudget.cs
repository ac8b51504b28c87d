namespace Esb.Gateway.Bodies;

/// <summary>
/// What all request bodies together may take. Each may be ten megabytes and there may be thousands of connections: without a common bound a
/// few hundred clients that send slowly would take all memory. Counts bytes that have come, not bytes that were announced, so that an
/// announcement costs others nothing.
/// </summary>
internal sealed class BodyBudget(long bytes)
{
    private long _held;
    private long _most;

    /// <summary>A share of one request; gives back what it holds when it is disposed.</summary>
    public Share Open() => new(this);

    /// <summary>The most that was held since this was asked last.</summary>
    public long TakeMost() => Interlocked.Exchange(ref _most, Interlocked.Read(ref _held));

    private bool TryTake(long count)
    {
        var held = Interlocked.Add(ref _held, count);
        if (held > bytes)
        {
            Return(count);
            return false;
        }

        if (held > Interlocked.Read(ref _most))
            Interlocked.Exchange(ref _most, held);
        return true;
    }

    private void Return(long count) => Interlocked.Add(ref _held, -count);

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
