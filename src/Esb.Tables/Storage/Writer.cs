using System.Collections.Concurrent;
using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Sql;
using SQLitePCL;

namespace Esb.Tables.Storage;

/// <summary>
/// The only thread that writes. All requests that wait when it becomes free are written in one transaction, and
/// therefore with one flush of the disk.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MostRequests = 256;

    // After this many pages have been written, the log is copied into the file. If readers have kept the log in use
    // until it has reached the second size, the writer waits for them.
    private const int CheckpointPages = 2000;
    private const int LongLogPages = 8000;

    private readonly BlockingCollection<WriteRequest> _waiting = [];
    private readonly List<WriteRequest> _group = [];
    private readonly SqlConnection _connection;
    private readonly WriteSession _session;
    private readonly DiskState _disk;
    private readonly Thread _thread;
    private long _received;
    private int _pagesSinceCheckpoint;
    private bool _isLogLong;
    private int _keepers;

    public Writer(SqlConnection connection, WriteSession session, DiskState disk)
    {
        _connection = connection;
        _session = session;
        _disk = disk;
        _thread = new Thread(Work) { IsBackground = true, Name = "tables" };
        _thread.Start();
    }

    /// <summary>The number of requests that have been queued so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Queues work for the writer.</summary>
    /// <exception cref="ObjectDisposedException">The database has been closed.</exception>
    public Task<T> RunAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation)
    {
        var request = new WriteRequest<T>(work, cancellation);
        Interlocked.Increment(ref _received);
        try
        {
            _waiting.Add(request, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(TableDatabase));
        }

        return request.Task;
    }

    /// <summary>
    /// Lets the log grow, since somebody reads one state of the tables for long, until the result is disposed. Without
    /// this, the writer would wait for that reader.
    /// </summary>
    public IDisposable KeepLog()
    {
        Interlocked.Increment(ref _keepers);
        return new LogKeeper(this);
    }

    /// <summary>Completes the waiting work.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            _group.Add(first);
            while (_group.Count < MostRequests && _waiting.TryTake(out var next))
                _group.Add(next);
            try
            {
                Write();
                Checkpoint();
            }
            finally
            {
                _group.Clear();
            }
        }
    }

    private void Write()
    {
        try
        {
            _disk.ThrowIfFailed();
            _session.BeginGroup(isAlone: _group.Count == 1);
            for (var i = 0; i < _group.Count; i++)
            {
                if (!RunOne(_group[i]))
                    _group.RemoveAt(i--);
            }

            _session.CommitGroup();
            _disk.Succeeded();
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        foreach (var request in _group)
            request.Complete();
    }

    private bool RunOne(WriteRequest request)
    {
        try
        {
            if (request.IsCancelled)
                throw new OperationCanceledException();
            request.Run(_session);
            _session.KeepRequest();
            return true;
        }
        catch (Exception e) when (_connection.IsInTransaction)
        {
            _session.UndoRequest();
            request.Fail(_disk.ForClient(e));
            return false;
        }
    }

    private void Fail(Exception reason)
    {
        try
        {
            _session.UndoGroup();
        }
        catch (SqlException e)
        {
            _ = _disk.Fail(e);
        }

        foreach (var request in _group)
            request.Fail(_disk.ForClient(reason));
    }

    // SQLite's automatic checkpoint would not report that a flush has failed.
    private void Checkpoint()
    {
        try
        {
            _pagesSinceCheckpoint += _connection.TakePagesWritten();
            if (_pagesSinceCheckpoint < CheckpointPages)
                return;
            _pagesSinceCheckpoint = 0;
            var pages = _connection.Checkpoint(
                _isLogLong && Volatile.Read(ref _keepers) == 0
                    ? raw.SQLITE_CHECKPOINT_RESTART
                    : raw.SQLITE_CHECKPOINT_PASSIVE);
            _isLogLong = pages >= LongLogPages;
        }
        catch (SqlException e)
        {
            _ = _disk.Report(e);
        }
    }

    private sealed class LogKeeper(Writer writer) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref writer._keepers);
    }
}
