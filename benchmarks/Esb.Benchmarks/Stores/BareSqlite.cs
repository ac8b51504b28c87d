using System.Diagnostics;
using System.Globalization;
using System.Text;
using Esb.Benchmarks.Load;

namespace Esb.Benchmarks.Stores;

/// <summary>
/// The floor of the stores: SQLite in this process, without HTTP, JSON, keys, indexes or group commit. Each write is
/// one transaction with <c>synchronous=FULL</c>. Writers share one connection; each reader has its own.
/// </summary>
internal sealed class BareSqlite : IDisposable
{
    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
    private const string Upsert =
        "INSERT INTO items (place, item) VALUES (?1, ?2) ON CONFLICT (place) DO UPDATE SET item = ?2";
    private const string Find = "SELECT item FROM items WHERE place = ?1";
    private const string Range = "SELECT item FROM items WHERE place >= ?1 AND place < ?2 ORDER BY place";

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-bench-sqlite").FullName;
    private readonly Lock _writing = new();
    private readonly SqliteConnection _writer;

    public BareSqlite()
    {
        _writer = new SqliteConnection(Path.Combine(_folder, "items.db"));
        _writer.Execute($"PRAGMA page_size = 8192; {Settings}; "
            + "CREATE TABLE items (id INTEGER PRIMARY KEY, place BLOB NOT NULL UNIQUE, item BLOB NOT NULL)");
        _writer.Execute("BEGIN");
        for (var partition = 0; partition < StoreRequests.Partitions; partition++)
        {
            for (var item = 0; item < StoreRequests.ItemsOfPartition; item++)
                _writer.Run(Upsert, Place($"p{partition}", item), Encoding.UTF8.GetBytes(StoreRequests.Value));
        }

        _writer.Execute("COMMIT");
    }

    /// <summary>The number of operations per second.</summary>
    public double Run(StoreOperation operation, int clients, TimeSpan duration)
    {
        var counts = new int[clients];
        var started = Stopwatch.GetTimestamp();
        Together.Run([.. Enumerable.Range(0, clients)], client =>
        {
            using var reader = new SqliteConnection(Path.Combine(_folder, "items.db"));
            while (Stopwatch.GetElapsedTime(started) < duration)
                Once(reader, operation, client, counts[client]++);
        });
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        _writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Once(SqliteConnection reader, StoreOperation operation, int client, int number)
    {
        switch (operation)
        {
            case StoreOperation.Get:
                reader.Run(
                    Find,
                    Place($"p{number % StoreRequests.Partitions}", number % StoreRequests.ItemsOfPartition));
                break;
            case StoreOperation.Query:
                var partition = number % StoreRequests.Partitions;
                reader.Run(Range, Encoding.UTF8.GetBytes($"p{partition}/"), Encoding.UTF8.GetBytes($"p{partition}0"));
                break;
            case StoreOperation.Put:
                Write(client, number, 1);
                break;
            case StoreOperation.Update:
                Write(client, number, 1, finds: true);
                break;
            case StoreOperation.Batch:
                Write(client, number, StoreRequests.ItemsOfBatch);
                break;
            default:
                Write(client, number, StoreRequests.ItemsOfTransaction, finds: true);
                break;
        }
    }

    private void Write(int client, int number, int items, bool finds = false)
    {
        lock (_writing)
        {
            _writer.Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < items; i++)
            {
                var place = Place($"c{client}", ((number * items) + i) % 1000);
                if (finds)
                    _writer.Run(Find, place);
                _writer.Run(Upsert, place, Encoding.UTF8.GetBytes(StoreRequests.Unique(client, (number * items) + i)));
            }

            _writer.Execute("COMMIT");
        }
    }

    private static byte[] Place(string hash, int range) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{hash}/{range}"));
}
