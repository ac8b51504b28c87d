using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Storage;

/// <summary>The tables of a folder of their own.</summary>
internal sealed class OpenTables : IAsyncDisposable
{
    private OpenTables(string folder)
    {
        Folder = folder;
        Database = TableDatabase.Open(folder, Time);
    }

    public ManualTime Time { get; } = new();

    public string Folder { get; }

    public TableDatabase Database { get; private set; }

    public static OpenTables New() => new(Directory.CreateTempSubdirectory("esb-tables").FullName);

    public async Task RestartAsync()
    {
        await Database.DisposeAsync();
        Database = TableDatabase.Open(Folder, Time);
    }

    public Task<T> WriteAsync<T>(Func<WriteSession, T> work) => Database.WriteAsync(work, CancellationToken.None);

    public Task WriteAsync(Action<WriteSession> work) => WriteAsync(session =>
    {
        work(session);
        return true;
    });

    public T Read<T>(Func<ReadSession, T> work) => Database.Read(work);

    public Task<TableDefinition> CreateAsync(TableDefinition table, StreamView? view = null) =>
        WriteAsync(session => session.CreateTable(table, view));

    public TableDefinition Table(string name = "t") => Read(session => session.FindTable(name)!);

    public Task PutAsync(MapValue item, string table = "t") => WriteAsync(session => Put(session, item, table));

    public Task DeleteAsync(MapValue item, string table = "t") => WriteAsync(session => Delete(session, item, table));

    public IReadOnlyList<MapValue> Items(string? index = null, string table = "t") => Read(session =>
    {
        var definition = session.FindTable(table)!;
        return session.Range(definition, index is null ? null : definition.FindIndex(index)!, KeyRange.All, true, null)
            .Select(row => row.Item).ToList();
    });

    public Task UntilNothingIsToDoAsync() => Eventually.TrueAsync(
        async () =>
        {
            Time.Advance(TimeSpan.Zero);
            return await WriteAsync(session => !session.DoChore());
        });

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public static void Put(WriteSession session, MapValue item, string table = "t")
    {
        var definition = session.FindTable(table)!;
        var key = KeyEncoder.Of(definition.Keys, item);
        session.Put(definition, key, item, session.Get(definition, key));
    }

    public static void Delete(WriteSession session, MapValue item, string table = "t")
    {
        var definition = session.FindTable(table)!;
        var key = KeyEncoder.Of(definition.Keys, item);
        if (session.Get(definition, key) is { } old)
            session.Delete(definition, key, old);
    }
}
