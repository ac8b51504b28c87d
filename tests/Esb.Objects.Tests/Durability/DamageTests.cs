using Esb.Objects.Tests.Serving;
using Esb.Testing.Servers;

namespace Esb.Objects.Tests.Durability;

/// <summary>A disk that returns something else than was written.</summary>
public sealed class DamageTests
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(8)]
    [Arguments(11)]
    [Arguments(12)]
    [Arguments(40)]
    public async Task An_object_whose_end_is_damaged_is_an_error_of_its_own_and_all_others_are_listed_and_read(
        int fromTheEnd)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        foreach (var key in new[] { "a", "b", "c" })
            await store.Client.PutBytesAsync(bucket, key, "content"u8.ToArray());
        var file = Directory.GetFiles(Path.Combine(store.Folder, "buckets", bucket, "objects"))[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^(fromTheEnd + 1)] ^= 0x80;
        await File.WriteAllBytesAsync(file, bytes);
        await store.KillAndStartAsync();

        var listed = (await store.Client.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects.Select(o => o.Key)
            .ToList();

        await Assert.That(listed.Count).IsGreaterThanOrEqualTo(2);
        foreach (var key in listed.Take(2))
            await Assert.That(await store.Client.GetBytesAsync(bucket, key)).IsEquivalentTo("content"u8.ToArray());
    }

    [Test]
    public async Task A_damaged_record_of_a_bucket_keeps_neither_the_store_nor_its_objects_away()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "a", "content"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "buckets", bucket, "bucket.json"), "{\"Created\":");

        await store.KillAndStartAsync();

        await Assert.That(await store.Client.GetBytesAsync(bucket, "a")).IsEquivalentTo("content"u8.ToArray());
    }

    [Test]
    public async Task Foreign_names_in_the_log_cannot_control_a_terminal()
    {
        await using var store = await Store.StartAsync();
        var folder = Directory.CreateTempSubdirectory("esb-objects").FullName;
        var bucket = Directory.CreateDirectory(
            Path.Combine(Store.FolderOf(folder), "buckets", "a\e[2J\u202eb")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bucket, "bucket.json"), "{");
        var log = Path.Combine(folder, "log");
        var start = Store.StartOf(folder);
        await using (await ServerProcess.StartAsync(start with
        {
            Environment = port => new Dictionary<string, string>(start.Environment(port)) { ["LOG_FILE"] = log },
        }))
        {
            var lines = await File.ReadAllTextAsync(log);
            await Assert.That(lines).Contains(@"a\u001b[2J\u202eb/bucket.json");
            await Assert.That(lines.Where(c => c is '\e' or '\u202e')).IsEmpty();
        }

        Directory.Delete(folder, recursive: true);
    }
}
