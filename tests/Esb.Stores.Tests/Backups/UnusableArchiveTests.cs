using System.Net;
using System.Text;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Backups;

/// <summary>Archives that are not restored. What was there stays.</summary>
public sealed class UnusableArchiveTests
{
    [Test]
    public async Task A_flipped_bit_is_found_wherever_it_is() => await WithArchiveAsync(async (archive, refusedAsync) =>
    {
        // A step that visits headers, padding, contents, the checksum and the end.
        for (var at = 3; at < archive.Length; at += 1021)
        {
            var damaged = archive.ToArray();
            damaged[at] ^= 0x10;
            await refusedAsync(damaged, "");
        }
    });

    [Test]
    public async Task A_part_is_not_a_backup() => await WithArchiveAsync(async (archive, refusedAsync) =>
    {
        for (var length = 0; length < archive.Length - 1024; length += 2048)
            await refusedAsync(archive[..length], "");
        await refusedAsync(archive[..20_000], "its end is missing");
    });

    [Test]
    public async Task Something_else_is_not_a_backup() => await WithArchiveAsync(async (archive, refusedAsync) =>
    {
        await refusedAsync(Encoding.ASCII.GetBytes(new string('a', 3000)), "it is not a backup");
        await refusedAsync([], "it is not a backup");
        await refusedAsync(
            Archives.Of([("other.json", "{}"u8.ToArray())]), "it does not begin with backup.json");
        await refusedAsync(Archives.WithManifest(archive, "{", "["), "its manifest cannot be read");
    });

    [Test]
    public async Task A_newer_format_is_named() => await WithArchiveAsync((archive, refusedAsync) =>
        refusedAsync(Archives.WithManifest(archive, "\"format\":1", "\"format\":2"), "it has format 2"));

    [Test]
    public async Task A_service_that_is_missing_is_named() => await WithArchiveAsync(async (archive, refusedAsync) =>
    {
        await refusedAsync(Archives.WithManifest(archive, "\"tables\":{", "\"others\":{"), "it has no tables");
        await refusedAsync(Archives.WithManifest(archive, "\"objects\":{", "\"others\":{"), "it has no buckets");
        var files = Archives.FilesOf(archive);
        await refusedAsync(Archives.Of(files.Where(file => file.Name != "tables/tables.db")), "its manifest says");
    });

    [Test]
    [Arguments("../outside")]
    [Arguments("/tmp/outside")]
    [Arguments("objects/buckets/../../../outside")]
    [Arguments("objects/buckets/things/objects/a b")]
    [Arguments("queues/queues.db")]
    public async Task A_file_that_no_backup_has_is_refused(string name) => await WithArchiveAsync(
        (archive, refusedAsync) => refusedAsync(
            Archives.Of([.. Archives.FilesOf(archive), (name, "x"u8.ToArray())]), "is nothing that this ESB has"));

    [Test]
    public async Task Tables_that_are_damaged_are_refused_although_the_checksum_is_right() =>
        await WithArchiveAsync((archive, refusedAsync) => refusedAsync(
            Archives.Of(Archives.FilesOf(archive).Select(file =>
                file.Name == "tables/tables.db" ? (file.Name, new byte[file.Content.Length]) : file)),
            "the file of the tables"));

    private static async Task WithArchiveAsync(Func<byte[], Func<byte[], string, Task>, Task> test)
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var socket = new StoresSocket(stores.Folder);
        using var client = stores.NewClient();
        using var buckets = new Buckets(stores);
        await Things.CreateAsync(client);
        await buckets.CreateAsync();
        await buckets.PutAsync("a", "old");
        var archive = await socket.BackUpAsync();
        await Things.PutAsync(client, "a", "new");
        await buckets.PutAsync("a", "new");

        await test(archive, async (unusable, reason) =>
        {
            var (status, answer) = await socket.RestoreAsync(unusable);
            await Assert.That(status).IsNotEqualTo(HttpStatusCode.OK);
            await Assert.That(answer).Contains(reason);
        });

        await Assert.That(await Things.GetAsync(client, "a")).IsEqualTo("new");
        await Assert.That(await buckets.GetAsync("a")).IsEqualTo("new");
        var left = Directory.EnumerateFileSystemEntries(stores.Folder, "restore.*")
            .Select(path => Path.GetFileName(path));
        await Assert.That(left).IsEquivalentTo(["restore.lock"]);
    }
}
