using Esb.Dynalite.LevelDb;
using Esb.Dynalite.Tests.Folders;

namespace Esb.Dynalite.Tests.LevelDb;

/// <summary>Damaged folders are errors, unless only the last write is incomplete.</summary>
public sealed class DamageTests
{
    private const int Rounds = 300;

    [Test]
    public async Task After_the_flip_of_any_bit_the_folder_is_an_error_or_is_read_correctly()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = await NewFolderAsync(real, folders);
        var whole = EntryText.Of(folder);
        var random = new Random(7);
        var errors = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var copy = folders.Copy(folder);
            var (file, offset) = Flip(copy, random);
            var place = $"{Path.GetFileName(file)}, byte {offset}, in round {round}";
            try
            {
                using var database = LevelDatabase.Open(copy);
                var ours = EntryText.Of(database);
                if (ours.SequenceEqual(whole))
                    continue;
                await Assert.That(database.Unfinished.Count).IsGreaterThan(0).Because(place);
                database.Dispose();
                await Assert.That(ours.SequenceEqual((await real.ReadAsync(copy))!)).IsTrue().Because(place);
            }
            catch (DamageException)
            {
                errors++;
            }

            Directory.Delete(copy, recursive: true);
        }

        await Assert.That(errors).IsGreaterThan(Rounds / 2);
    }

    [Test]
    public async Task A_log_that_was_cut_anywhere_is_read_as_LevelDB_reads_it()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = await NewFolderAsync(real, folders);
        var random = new Random(8);
        for (var round = 0; round < 60; round++)
        {
            var copy = folders.Copy(folder);
            var log = Directory.GetFiles(copy, "*.log").Order().Last();
            using (var file = File.OpenWrite(log))
                file.SetLength(random.NextInt64(file.Length));
            // What a disk may contain after a power cut.
            if (round % 3 == 0)
                await File.AppendAllBytesAsync(log, new byte[random.Next(70_000)]);
            var ours = EntryText.Of(copy);
            await Assert.That(ours.SequenceEqual((await real.ReadAsync(copy))!)).IsTrue().Because($"round {round}");
            Directory.Delete(copy, recursive: true);
        }
    }

    [Test]
    public async Task A_list_of_files_that_was_cut_is_an_error_or_is_read_correctly()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = await NewFolderAsync(real, folders);
        var whole = EntryText.Of(folder);
        var length = new FileInfo(Directory.GetFiles(folder, "MANIFEST-*").Single()).Length;
        for (var cut = length - 1; cut >= 0; cut -= 1 + (length / 100))
        {
            var copy = folders.Copy(folder);
            using (var file = File.OpenWrite(Directory.GetFiles(copy, "MANIFEST-*").Single()))
                file.SetLength(cut);
            try
            {
                await Assert.That(EntryText.Of(copy).SequenceEqual(whole)).IsTrue().Because($"cut at {cut}");
            }
            catch (DamageException)
            {
            }
        }
    }

    [Test]
    public async Task A_damaged_record_in_the_middle_of_a_log_names_the_file_and_the_position()
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = folders.In("database");
        await real.WriteAsync(folder, Enumerable.Range(0, 20).Select(i => Batch(i)));
        var log = Directory.GetFiles(folder, "*.log").Single();
        var bytes = await File.ReadAllBytesAsync(log);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(log, bytes);
        var error = await Assert.That(() => EntryText.Of(folder)).Throws<DamageException>();
        await Assert.That(error!.Message).StartsWith($"{log}, byte ").And.Contains("the checksum of a record");
        // LevelDB silently drops what follows in the block.
        await Assert.That((await real.ReadAsync(folder))!.Count).IsLessThan(20);
    }

    [Test]
    [Arguments("*.ldb")]
    [Arguments("MANIFEST-*")]
    [Arguments("*.log")]
    [Arguments("CURRENT")]
    public async Task A_missing_file_is_an_error_that_names_it(string pattern)
    {
        using var real = await RealLevelDb.StartAsync();
        using var folders = new TemporaryFolder();
        var folder = await NewFolderAsync(real, folders);
        var errors = 0;
        foreach (var file in Directory.GetFiles(folder, pattern))
        {
            var copy = folders.Copy(folder);
            var missing = Path.Combine(copy, Path.GetFileName(file));
            File.Delete(missing);
            try
            {
                // When the folder was closed during a compaction, some files are not needed any more, or not yet.
                var ours = EntryText.Of(copy);
                await Assert.That(ours.SequenceEqual((await real.ReadAsync(copy))!)).IsTrue().Because(missing);
            }
            catch (DamageException error)
            {
                await Assert.That(error.Message).Contains(missing).And.Contains("the file is missing");
                errors++;
            }
        }

        await Assert.That(errors).IsGreaterThan(0);
    }

    private static async Task<string> NewFolderAsync(RealLevelDb real, TemporaryFolder folders)
    {
        var folder = folders.In("database");
        for (var start = 0; start < 3; start++)
            await real.WriteAsync(folder, RandomWrites.Batches(new Random(start), 300, keys: 300));
        return folder;
    }

    private static IReadOnlyList<(byte[] Key, byte[]? Value)> Batch(int number) => [([(byte)number], new byte[20])];

    // Small files are as likely as large ones.
    private static (string File, long Offset) Flip(string folder, Random random)
    {
        var files = Directory.GetFiles(folder)
            .Where(file => Path.GetFileName(file) is not ("LOCK" or "LOG" or "LOG.old")).Order().ToArray();
        var kinds = files.GroupBy(Path.GetExtension).ToArray();
        var kind = kinds[random.Next(kinds.Length)].ToArray();
        var file = kind[random.Next(kind.Length)];
        var bytes = File.ReadAllBytes(file);
        var offset = random.Next(bytes.Length);
        bytes[offset] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(file, bytes);
        return (file, offset);
    }
}
