using System.Diagnostics;
using Esb.Tables.Errors;
using Esb.Tables.Storage.Files;

namespace Esb.Tables.Storage;

/// <summary>
/// Does background work in small parts between the requests of clients: fills and removes indexes, deletes expired
/// data, and returns unused disk space.
/// </summary>
internal sealed class Caretaker : IAsyncDisposable
{
    // DynamoDB deletes expired items within days. Here they are deleted within a minute.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    // While clients write, background work leaves them this many times as long as it takes itself.
    private const int ShareOfClients = 3;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly DiskState _disk;
    private readonly ITimer _timer;
    private readonly Task _work;

    public Caretaker(Writer writer, ReaderPool readers, DiskState disk, TimeProvider time)
    {
        _writer = writer;
        _readers = readers;
        _disk = disk;
        _timer = time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, Interval);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Signals that there is work.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // The caretaker is already awake, or has ended.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            try
            {
                await _wake.WaitAsync(_stop.Token);
                await DoAllAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (TableException)
            {
                // The operator has already been told about the disk error. The next interval tries again.
            }
            catch (Exception e)
            {
                _disk.Report(e);
            }
        }
    }

    private async Task DoAllAsync()
    {
        foreach (var table in _readers.Read(TablesWithExpiry))
            await RepeatAsync(session => session.SweepItems(table));
        await RepeatAsync(session => session.SweepRecords());
        // Filling an index can take long. If the next interval begins in the meantime, expired data comes first.
        while (_wake.CurrentCount == 0 && await DoPartAsync(session => session.DoChore()))
        {
        }

        await RepeatAsync(session => session.GiveBackSpace());
    }

    private static List<string> TablesWithExpiry(ReadSession session) =>
        [.. session.TableNames(null, int.MaxValue).Where(name => session.FindTable(name)?.TimeToLive is not null)];

    private async Task RepeatAsync(Func<WriteSession, bool> part)
    {
        while (await DoPartAsync(part))
        {
        }
    }

    private async Task<bool> DoPartAsync(Func<WriteSession, bool> part)
    {
        var before = _writer.Received;
        var start = Stopwatch.GetTimestamp();
        var hasMore = await _writer.RunAsync(part, _stop.Token);
        if (hasMore && _writer.Received - before > 1)
            await Task.Delay(ShareOfClients * Stopwatch.GetElapsedTime(start), _stop.Token);
        return hasMore;
    }
}
