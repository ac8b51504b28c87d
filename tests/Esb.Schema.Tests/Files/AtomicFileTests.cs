using Esb.Host.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-atomic-").FullName;

    [Test]
    public async Task The_mode_of_an_existing_file_is_kept()
    {
        var path = Path.Combine(_folder, "functions.yml");
        await File.WriteAllTextAsync(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        AtomicFile.Write(path, "new"u8);
        await Assert.That(await File.ReadAllTextAsync(path)).IsEqualTo("new");
        await Assert.That(File.GetUnixFileMode(path))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Test]
    public async Task A_symbolic_link_stays_and_its_target_is_replaced()
    {
        var target = Path.Combine(_folder, "target.yml");
        await File.WriteAllTextAsync(target, "old");
        var link = Path.Combine(_folder, "link.yml");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, "new"u8);
        await Assert.That(new FileInfo(link).LinkTarget).IsEqualTo(target);
        await Assert.That(await File.ReadAllTextAsync(target)).IsEqualTo("new");
    }

    [Test]
    public async Task A_failed_write_leaves_nothing_behind()
    {
        var target = Path.Combine(_folder, "is-a-folder");
        Directory.CreateDirectory(Path.Combine(target, "with-content"));
        await Assert.That(() => AtomicFile.Write(target, "new"u8)).Throws<Exception>();
        await Assert.That(Directory.GetFileSystemEntries(_folder)).IsEquivalentTo([target]);
    }

    [Test]
    public async Task Undo_restores_the_same_file_with_its_time_and_inode()
    {
        var path = Path.Combine(_folder, "functions.yml");
        await File.WriteAllTextAsync(path, "old");
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var before = new FileInfo(path).LastWriteTimeUtc;
        using (var replacement = FileReplacement.Prepare(path, "new"u8))
        {
            await Assert.That(await File.ReadAllTextAsync(path)).IsEqualTo("old");
            replacement.Commit();
            await Assert.That(await File.ReadAllTextAsync(path)).IsEqualTo("new");
            replacement.Undo();
        }

        await Assert.That(await File.ReadAllTextAsync(path)).IsEqualTo("old");
        await Assert.That(new FileInfo(path).LastWriteTimeUtc).IsEqualTo(before);
        await Assert.That(Directory.GetFileSystemEntries(_folder)).IsEquivalentTo([path]);
    }

    [Test]
    public async Task Undo_removes_a_file_that_was_not_there_before()
    {
        var path = Path.Combine(_folder, "routing.yml");
        using (var replacement = FileReplacement.Prepare(path, "new"u8))
        {
            replacement.Commit();
            replacement.Undo();
        }

        await Assert.That(Directory.GetFileSystemEntries(_folder)).IsEmpty();
    }

    [Test]
    public async Task A_new_file_gets_the_requested_mode_and_never_a_wider_one()
    {
        var path = Path.Combine(_folder, "functions.yml");
        using (var replacement = FileReplacement.Prepare(
            path, "secret"u8, UnixFileMode.UserRead | UnixFileMode.UserWrite))
        {
            var temporary = Directory.GetFiles(_folder, ".*").Single();
            await Assert.That(File.GetUnixFileMode(temporary))
                .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            replacement.Commit();
        }

        await Assert.That(File.GetUnixFileMode(path)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task Only_leftovers_of_a_killed_writer_are_removed()
    {
        var path = Path.Combine(_folder, "functions.yml");
        await File.WriteAllTextAsync(path, "old");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".functions.yml.12-ab.esb-tmp"), "half");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".functions.yml.12-ab-old.esb-tmp"), "old");
        var other = Path.Combine(_folder, ".routing.yml.12-ab.esb-tmp");
        await File.WriteAllTextAsync(other, "not ours");
        FileReplacement.RemoveLeftovers(path);
        await Assert.That(Directory.GetFiles(_folder)).IsEquivalentTo([path, other]);
    }

    [Test]
    public async Task Readers_see_the_old_content_or_the_new_and_nothing_in_between()
    {
        var path = Path.Combine(_folder, "routing.yml");
        byte[][] versions =
            [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)('a' + i), 100_000).ToArray())];
        AtomicFile.Write(path, versions[0]);
        using var done = new CancellationTokenSource();
        var reads = 0;
        var reader = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var seen = File.ReadAllBytes(path);
                if (seen.Length != 100_000 || seen.AsSpan().ContainsAnyExcept(seen[0]))
                    throw new InvalidDataException($"saw {seen.Length} bytes of mixed content");
                reads++;
            }
        });
        // On a busy machine the reader may be scheduled late: continue until it has looked often enough.
        for (var i = 0; i < 200 || (Volatile.Read(ref reads) < 50 && !reader.IsCompleted); i++)
            AtomicFile.Write(path, versions[i % versions.Length]);
        await done.CancelAsync();
        await reader;
        await Assert.That(reads).IsGreaterThan(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
