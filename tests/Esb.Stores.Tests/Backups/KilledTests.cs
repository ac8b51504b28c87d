using System.Net;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Backups;

/// <summary>Backups and restores whose process is killed.</summary>
public sealed class KilledTests
{
    [Test]
    public async Task A_kill_while_an_archive_arrives_leaves_the_old_data()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var buckets = new Buckets(stores);
        using var socket = new StoresSocket(stores.Folder);
        await buckets.CreateAsync();
        await buckets.PutAsync("a", "old");
        var archive = await socket.BackUpAsync();
        await buckets.PutAsync("a", "new");
        var more = new TaskCompletionSource();
        var restoring = socket.RestoreAsync(new PausedContent(archive, archive.Length / 2, more.Task));
        await Eventually.TrueAsync(() => Directory.Exists(Path.Combine(stores.Folder, "restore.unfinished")));

        await stores.KillAndStartAsync();
        more.SetResult();

        await Assert.That(async () => await restoring).Throws<HttpRequestException>();
        await Assert.That(await buckets.GetAsync("a")).IsEqualTo("new");
        await Assert.That(Directory.Exists(Path.Combine(stores.Folder, "restore.unfinished"))).IsFalse();
    }

    [Test]
    public async Task A_kill_while_a_backup_is_read_leaves_nothing()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var buckets = new Buckets(stores);
        using var socket = new StoresSocket(stores.Folder);
        await buckets.CreateAsync();
        await buckets.PutAsync("large", new string('x', 20_000_000));
        using var answer = await socket.BeginAsync();

        await stores.KillAndStartAsync();

        await Assert.That(async () => await answer.Content.ReadAsByteArrayAsync()).Throws<HttpRequestException>();
        await Assert.That(Directory.Exists(Path.Combine(stores.Folder, "backup.unfinished"))).IsFalse();
        await Assert.That((await socket.BackUpAsync()).Length).IsGreaterThan(20_000_000);
    }

    /// <summary>The states in which a kill between the renames leaves the folder, made by hand.</summary>
    /// <param name="moved">The number of renames that were done.</param>
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(4)]
    public async Task A_kill_between_the_renames_is_completed_by_the_next_start(int moved)
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var buckets = new Buckets(stores);
        using var socket = new StoresSocket(stores.Folder);
        using var client = stores.NewClient();
        await Things.CreateAsync(client);
        await Things.PutAsync(client, "a", "old");
        await buckets.CreateAsync();
        await buckets.PutAsync("a", "old");
        var archive = await socket.BackUpAsync();
        await Things.PutAsync(client, "a", "new");
        await buckets.PutAsync("a", "new");
        await stores.StopAsync();
        var ready = Path.Combine(stores.Folder, "restore.ready");
        foreach (var (name, content) in Archives.FilesOf(archive))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(ready, name))!);
            await File.WriteAllBytesAsync(Path.Combine(ready, name), content);
        }

        foreach (var part in new[] { "uploads", "documents" })
            Directory.CreateDirectory(Path.Combine(ready, "objects", "buckets", "things", part));
        var replaced = Path.Combine(stores.Folder, "restore.replaced");
        Action[] renames =
        [
            () => Directory.Move(Path.Combine(stores.Folder, "objects/buckets"), Path.Combine(replaced, "buckets")),
            () => Directory.Move(
                Path.Combine(ready, "objects/buckets"), Path.Combine(stores.Folder, "objects/buckets")),
            () => File.Move(Path.Combine(stores.Folder, "tables/tables.db"), Path.Combine(replaced, "tables.db")),
            () => File.Move(
                Path.Combine(ready, "tables/tables.db"), Path.Combine(stores.Folder, "tables/tables.db")),
        ];
        Directory.CreateDirectory(replaced);
        foreach (var rename in renames.Take(moved))
            rename();

        await stores.KillAndStartAsync();

        using var again = stores.NewClient();
        await Assert.That(await Things.GetAsync(again, "a")).IsEqualTo("old");
        await Assert.That(await buckets.GetAsync("a")).IsEqualTo("old");
        await Assert.That(Directory.Exists(ready) || Directory.Exists(replaced)).IsFalse();
    }

    /// <summary>An archive that stops in the middle until it is told to go on.</summary>
    private sealed class PausedContent(byte[] archive, int at, Task more) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(archive.AsMemory(0, at));
            await stream.FlushAsync();
            await more;
            await stream.WriteAsync(archive.AsMemory(at));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = archive.Length;
            return true;
        }
    }
}
