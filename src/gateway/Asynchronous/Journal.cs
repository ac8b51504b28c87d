using System.Collections.Concurrent;
using Esb.Gateway.Asynchronous.Journals;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// The log of accepted events on the disk. One thread writes: what comes in together is written by one write and one fsync, so that the
/// cost of a flush is shared by all who wait for it. Old segments go when nothing in them is alive; a few long-living events in an old
/// one are moved, so that the disk holds little more than what waits.
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

    // All below belong to the writer once it runs.
    private readonly List<JournalSegment> _sealed;
    private readonly Dictionary<string, PendingEvent> _alive;
    private readonly MemoryStream _buffer = new();
    private JournalSegment _current;
    private long _aliveBytes;
    private bool _needsRoom;

    private Journal(JournalFolder folder, IReadOnlyList<JournalSegment> old, JournalRecovery recovery, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _sealed = [.. old];
        _alive = recovery.Pending.ToDictionary(p => p.Id, StringComparer.Ordinal);
        _aliveBytes = _alive.Values.Sum(p => (long)p.Place!.Length);
        Recovered = [.. _alive.Values];
        RecentlyDone = recovery.Done;
        Damage = recovery.Damage;
        // What an earlier process may have left half-written is never appended to.
        _current = folder.Create(old.Count == 0 ? 1 : old[^1].Number + 1);
        _writer = new Thread(Run) { IsBackground = true, Name = "asynchronous journal" };
        _writer.Start();
    }

    /// <summary>What earlier processes accepted and did not finish, oldest first.</summary>
    public IReadOnlyList<PendingEvent> Recovered { get; }

    /// <summary>Ids of events that are over and whose record is still there, oldest first.</summary>
    public IReadOnlyList<string> RecentlyDone { get; }

    /// <summary>What of it could not be read.</summary>
    public JournalDamage Damage { get; }

    /// <param name="folder">Held by whoever writes it, from here on by the journal.</param>
    /// <param name="logger">For what cannot be read or written.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Journal Open(JournalFolder folder, ILogger logger)
    {
        var segments = folder.Segments();
        var recovery = new JournalRecovery(logger);
        recovery.Read(segments);
        return new Journal(folder, segments, recovery, logger);
    }

    /// <summary>Returns when all of it is on the disk, together or not at all.</summary>
    /// <exception cref="IOException">It could not be written; nothing of it counts.</exception>
    public Task WriteAsync(JournalWrite write)
    {
        try
        {
            _writes.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new IOException("the gateway stops");
        }

        return write.Completion;
    }

    /// <summary>The event as it was accepted.</summary>
    /// <exception cref="DamagedEventException">Its record is damaged.</exception>
    /// <exception cref="IOException">It cannot be read (any more).</exception>
    public static AsynchronousEvent Read(PendingEvent pending)
    {
        while (true)
        {
            if (pending.IsLost)
                throw new DamagedEventException($"the record of the asynchronous invocation {pending.Id} is damaged");
            var place = pending.Place ?? throw new IOException($"the asynchronous invocation {pending.Id} is not on the disk");
            try
            {
                var frame = new byte[place.Length];
                if (place.Segment.Read(frame, place.Offset) == frame.Length && JournalFormat.TryRead(frame, out var record) && record is JournalRecord.Accepted accepted)
                    return accepted.Event;
                place.Segment.IsDamaged = true;
                pending.IsLost = true;
            }
            catch (ObjectDisposedException e)
            {
                // Unless it was moved to a newer segment meanwhile, the gateway stops.
                if (pending.Place == place)
                    throw new IOException("the journal is closed", e);
            }
        }
    }

    /// <summary>Writes what has been given to it, then ends.</summary>
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
            Tidy();
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
            // Whatever is over stays over for this process, even if the disk does not know it; but from this one something follows.
            batch.FindAll(w => !w.Durable).ForEach(w => Settle(w.Over));
            _needsRoom = true;
            return;
        }

        _needsRoom = false;
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
            _aliveBytes -= old.Length;
        }

        pending.Place = place;
        place.Segment.Live++;
        _aliveBytes += place.Length;
        _alive[pending.Id] = pending;
    }

    private void Settle(PendingEvent? over)
    {
        if (over?.Place is not { } place || !_alive.Remove(over.Id))
            return;
        place.Segment.Live--;
        _aliveBytes -= place.Length;
    }

    private void Tidy()
    {
        try
        {
            // On a full disk the newest segment goes too, as soon as nothing in it is alive.
            if (_current.Length >= SegmentBytes || (_needsRoom && _current is { Length: > 0, Live: 0 }))
            {
                // A full disk may not take it: then the one that is written stays that.
                var next = _folder.Create(_current.Number + 1);
                _sealed.Add(_current);
                _current = next;
            }

            // From the head only: the end of an event may stand in any segment behind the one in which it began.
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

    // Worth while when less than half of what old segments hold is alive.
    private bool MoveOldest()
    {
        if (_sealed.Count < MaxSegments && _sealed.Sum(s => s.Length) < (2 * _aliveBytes) + (4 * SegmentBytes))
            return false;
        foreach (var pending in _alive.Values.Where(p => p.Place!.Segment == _sealed[0]).ToList())
        {
            // One that is damaged is told by whoever is to run it; the others do not wait for it.
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
