using Esb.Objects.Errors;

namespace Esb.Objects.Storage;

/// <summary>
/// Every rename and removal in the folder of the buckets goes through here, so that all of them can be held back for a
/// moment, and refused after the folder has been replaced.
/// </summary>
internal sealed class ChangeGate : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private bool _isClosed;

    /// <summary>Makes one change.</summary>
    /// <exception cref="S3Exception">ServiceUnavailable: the folder is being replaced, or has been.</exception>
    public void Change(Action change)
    {
        _lock.EnterReadLock();
        try
        {
            if (_isClosed)
                throw S3Errors.BeingRestored();
            change();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Does something while nothing changes.</summary>
    public void Hold(Action work)
    {
        _lock.EnterWriteLock();
        try
        {
            work();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Refuses all changes from now on, of requests that have begun, too.</summary>
    public void Close() => Hold(() => _isClosed = true);

    public void Dispose() => _lock.Dispose();
}
