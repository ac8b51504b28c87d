using System.Collections.Concurrent;
using Esb.Gateway.Asynchronous.Journals;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// The append-only log of accepted events. One thread writes: records that arrive together share one write and one
/// fsync, and so the cost of a flush. Old segments are deleted when they contain no live event. When few events in old
/// segments are live, they are moved to the newest one, so that the disk holds little more than the waiting events.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    private const int SegmentBytes = 16 * 1024 * 1024;
    private const int BatchBytes = 4 * 1024 * 1024;
    private const int MaxSegments = 64;

    private readonly BlockingCollection<JournalWrite> _writes = [];
    private readonly JournalFolder _folder;
    private readonly ILogger _logger;
    private readonly Thread _writer;

    // All fields below belong to the writer thread once it runs.
    private readonly List<JournalSegment> _sealed;
    private readonly Dictionary<string, PendingEvent> _live;
    private readonly MemoryStream _buffer = new();
    private JournalSegment _current;
    private long _liveBytes;
    private bool _isDiskFull;

    private Journal(JournalFolder folder, IReadOnlyList<JournalSegment> old, JournalRecovery recovery, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _sealed = [.. old];
        _live = recovery.Pending.ToDictionary(p => p.Id, StringComparer.Ordinal);
        _liveBytes = _live.Values.Sum(p => (long)p.Place!.Length);
        Recovered = [.. _live.Values];
        RecentlyDone = recovery.Done;
        Damage = recovery.Damage;
        // A segment that an earlier process may have left incomplete is never appended to.
        _current = folder.Create(old.Count == 0 ? 1 : old[^1].Number + 1);
        _writer = new Thread(Run) { IsBackground = true, Name = "asynchronous journal" };
        _writer.Start();
    }

    /// <summary>The events that earlier processes accepted and did not finish, oldest first.</summary>
    public IReadOnlyList<PendingEvent> Recovered { get; }

    /// <summary>The ids of finished events whose records still exist, oldest first.</summary>
    public IReadOnlyList<string> RecentlyDone { get; }

    /// <summary>The part of the journal that could not be read.</summary>
    public JournalDamage Damage { get; }

    /// <param name="folder">Locked by the caller; from here on it belongs to the journal.</param>
    /// <param name="logger">Reports what cannot be read or written.</param>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public static Journal Open(JournalFolder folder, ILogger logger)
    {
        var segments = folder.Segments();
        var recovery = new JournalRecovery(logger);
        recovery.Read(segments);
        return new Journal(folder, segments, recovery, logger);
    }

    /// <summary>Returns when all records are on the disk; either all of them are written or none.</summary>
    /// <exception cref="IOException">The records could not be written; none of them counts.</exception>
    public Task WriteAsync(JournalWrite write)
    {
        try
        {
            _writes.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new IOException("the gateway is stopping");
        }

        return write.Completion;
    }

    /// <summary>Reads the event as it was accepted.</summary>
    /// <exception cref="DamagedEventException">Its record is damaged.</exception>
    /// <exception cref="IOException">The record cannot be read, or no longer exists.</exception>
    public static AsynchronousEvent Read(PendingEvent pending)
    {
        while (true)
        {
            if (pending.IsLost)
                throw new DamagedEventException($"the record of the asynchronous invocation {pending.Id} is damaged");
            var place = pending.Place
                ?? throw new IOException($"the asynchronous invocation {pending.Id} is not on the disk");
            try
            {
                var frame = new byte[place.Length];
                if (place.Segment.Read(frame, place.Offset) == frame.Length
                    && JournalFormat.TryRead(frame, out var record)
                    && record is JournalRecord.Accepted accepted)
                    return accepted.Event;
                place.Segment.IsDamaged = true;
                pending.IsLost = true;
            }
            catch (ObjectDisposedException e)
            {
                // Unless the record was moved to a newer segment meanwhile, the gateway is stopping.
                if (pending.Place == place)
                    throw new IOException("the journal is closed", e);
            }
        }
    }

    /// <summary>Writes the remaining records, then ends.</summary>
    public void Dispose()
    {
        _writes.CompleteAdding();
        _writer.Join();
        foreach (var segment in _sealed)
            segment.Dispose();
        _current.Dispose();
        _folder.Dispose();
        _writes.Dispose();
        _buffer.Dispose();
    }

    private void Run()
    {
        List<JournalWrite> batch = [];
        while (_writes.TryTake(out var next, Timeout.Infinite))
        {
            _buffer.SetLength(0);
            batch.Clear();
            do
            {
                batch.Add(next);
                next.CopyTo(_buffer, _current.Marker);
            }
            while (_buffer.Length < BatchBytes && _writes.TryTake(out next));
            Write(batch);
            RotateSegments();
        }
    }

    private void Write(List<JournalWrite> batch)
    {
        var start = _current.Length;
        try
        {
            _current.Append(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length), batch.Exists(w => w.Durable));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(_logger, _current.Path, e.Message);
            var reason = e as IOException ?? new IOException(e.Message, e);
            batch.ForEach(w => w.Fail(reason));
            // For this process, a finished event stays finished even if its end is not on the disk, unless other events
            // follow from it.
            batch.FindAll(w => !w.Durable).ForEach(w => Settle(w.Over));
            _isDiskFull = true;
            return;
        }

        _isDiskFull = false;
        foreach (var write in batch)
        {
            foreach (var (frame, pending) in write.Frames)
            {
                start += _current.Marker.Length;
                if (pending is not null)
                    Place(pending, new JournalPlace(_current, start, frame.Length));
                start += frame.Length;
            }

            Settle(write.Over);
            write.Complete();
        }
    }

    private void Place(PendingEvent pending, JournalPlace place)
    {
        if (pending.Place is { } old)
        {
            old.Segment.Live--;
            _liveBytes -= old.Length;
        }

        pending.Place = place;
        place.Segment.Live++;
        _liveBytes += place.Length;
        _live[pending.Id] = pending;
    }

    private void Settle(PendingEvent? over)
    {
        if (over?.Place is not { } place || !_live.Remove(over.Id))
            return;
        place.Segment.Live--;
        _liveBytes -= place.Length;
    }

    private void RotateSegments()
    {
        try
        {
            // On a full disk the newest segment is replaced as well, as soon as it contains no live event.
            if (_current.Length >= SegmentBytes || (_isDiskFull && _current is { Length: > 0, Live: 0 }))
            {
                // A full disk may not allow a new segment; then the current one stays in use.
                var next = _folder.Create(_current.Number + 1);
                _sealed.Add(_current);
                _current = next;
            }

            // Oldest first: the end of an event may be in any segment after the one with its beginning.
            while (_sealed.Count > 0 && (_sealed[0].Live == 0 || MoveOldest()))
            {
                _folder.Delete(_sealed[0]);
                _sealed.RemoveAt(0);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(_logger, _current.Path, e.Message);
        }
    }

    // Moves the live events of the oldest segment, when less than half of the bytes in old segments are live or when
    // there are too many segments.
    private bool MoveOldest()
    {
        if (_sealed.Count < MaxSegments && _sealed.Sum(s => s.Length) < (2 * _liveBytes) + (4 * SegmentBytes))
            return false;
        foreach (var pending in _live.Values.Where(p => p.Place!.Segment == _sealed[0]).ToList())
        {
            // A damaged record is reported when its event is to be run; it does not keep the other events from being
            // moved.
            if (TryRead(pending) is { } e)
                Move(pending, e);
            else
                Settle(pending);
        }

        _current.Append([], durable: true);
        return true;
    }

    private void Move(PendingEvent pending, AsynchronousEvent e)
    {
        var write = JournalWrite.Adopt(pending, e);
        _buffer.SetLength(0);
        write.CopyTo(_buffer, _current.Marker);
        var place = new JournalPlace(_current, _current.Length + _current.Marker.Length, write.Frames[0].Frame.Length);
        _current.Append(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length), durable: false);
        Place(pending, place);
    }

    private static AsynchronousEvent? TryRead(PendingEvent pending)
    {
        try
        {
            return Read(pending);
        }
        catch (DamagedEventException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} cannot be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string file, string reason);
}
