using System.Text;
using CsCheck;
using Esb.Dynalite.LevelDb;
using Esb.Dynalite.Tests.Folders;

namespace Esb.Dynalite.Tests.LevelDb;

/// <summary>Folders that LevelDB itself has written are read as LevelDB reads them.</summary>
public sealed class RealFolderTests
{
    [Test]
    public async Task Random_batches_over_several_starts_are_read_as_LevelDB_reads_them()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 400], Gen.Int[1, 3], Gen.Bool).SampleAsync(
            async (seed, batches, starts, compact) =>
            {
                var random = new Random(seed);
                var folder = folders.In(Guid.NewGuid().ToString("N"));
                for (var start = 0; start < starts; start++)
                    await real.WriteAsync(folder, RandomWrites.Batches(random, batches, keys: 200), compact);
                var ours = EntryText.Of(folder);
                var theirs = await real.ReadAsync(folder);
                return ours.SequenceEqual(theirs!);
            },
            iter: 40,
            threads: 1);
    }

    [Test]
    public async Task Thousands_of_overwritten_and_deleted_keys_in_many_tables_are_read_as_LevelDB_reads_them()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = folders.In("database");
        for (var round = 0; round < 5; round++)
            await real.WriteAsync(folder, RandomWrites.Batches(new Random(round), 2000, keys: 3000));
        await Assert.That(Directory.GetFiles(folder, "*.ldb").Length).IsGreaterThan(10);
        var ours = EntryText.Of(folder);
        await Assert.That(ours.SequenceEqual((await real.ReadAsync(folder))!)).IsTrue();
        await Assert.That(ours.Count).IsGreaterThan(1000);
    }

    [Test]
    public async Task A_prefix_selects_the_keys_that_begin_with_it()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = folders.In("database");
        await real.WriteAsync(folder, RandomWrites.Batches(new Random(1), 3000, keys: 2000));
        using var database = LevelDatabase.Open(folder);
        var all = EntryText.Of(database);
        foreach (var prefix in new[] { "a", "b~", "b~1", "c~19", "c~1999", "d", "a~0", "" })
        {
            var bytes = Encoding.UTF8.GetBytes(prefix);
            var expected = all.Where(
                entry => entry.StartsWith(Convert.ToHexStringLower(bytes), StringComparison.Ordinal));
            await Assert.That(EntryText.Of(database, bytes).SequenceEqual(expected)).IsTrue().Because(prefix);
        }
    }

    [Test]
    public async Task Reading_changes_no_file_of_the_folder()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = folders.In("database");
        await real.WriteAsync(folder, RandomWrites.Batches(new Random(2), 500, keys: 100));
        var before = Files(folder);
        EntryText.Of(folder);
        await Assert.That(Files(folder)).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_folder_of_a_database_without_writes_is_empty()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = folders.In("database");
        await real.WriteAsync(folder, []);
        await Assert.That(LevelDatabase.IsIn(folder)).IsTrue();
        await Assert.That(EntryText.Of(folder)).IsEmpty();
    }

    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(folder).Order().Select(file =>
            $"{file} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexStringLower(File.ReadAllBytes(file))}")];
}
