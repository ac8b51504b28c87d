using System.Diagnostics;
using Esb.Objects.Tests.Serving;
using Esb.Testing.Servers;

namespace Esb.Objects.Tests.Durability;

/// <summary>The state after kill -9.</summary>
public sealed class KillTests
{
    [Test]
    public async Task Everything_that_was_answered_is_there_after_a_kill()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => store.Client.PutBytesAsync(bucket, $"key/{i}", Content.Of(1000 + i, i))));
        await store.Client.DeleteObjectAsync(bucket, "key/0");

        await store.KillAndStartAsync();
        var listed = await store.Client.ListObjectsV2Async(
            new Amazon.S3.Model.ListObjectsV2Request { BucketName = bucket });

        await Assert.That(listed.S3Objects.Count).IsEqualTo(49);
        foreach (var i in new[] { 1, 17, 49 })
            await Assert.That(Content.Hash(await store.Client.GetBytesAsync(bucket, $"key/{i}")))
                .IsEqualTo(Content.Hash(Content.Of(1000 + i, i)));
    }

    [Test]
    public async Task A_kill_in_the_middle_of_a_put_keeps_the_old_object_and_leaves_nothing_behind()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "old"u8.ToArray());
        var temporary = Path.Combine(store.Folder, "temporary");

        using (await RawRequest.OpenAsync(
            store.Port, $"PUT /{bucket}/key HTTP/1.1\nContent-Length: 8000000", Content.Of(4_000_000)))
        {
            // Half of it is in a file by now.
            await Eventually.TrueAsync(
                () => Directory.EnumerateFiles(temporary).Any(f => new FileInfo(f).Length > 1_000_000));
            await store.KillAndStartAsync();
        }

        await Assert.That(System.Text.Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo("old");
        await Assert.That(Directory.EnumerateFileSystemEntries(temporary)).IsEmpty();
    }

    [Test]
    public async Task A_client_that_disconnects_in_the_middle_of_a_put_changes_nothing()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "old"u8.ToArray());
        var temporary = Path.Combine(store.Folder, "temporary");

        using (await RawRequest.OpenAsync(
            store.Port, $"PUT /{bucket}/key HTTP/1.1\nContent-Length: 8000000", Content.Of(4_000_000)))
        {
        }

        await Eventually.TrueAsync(() => !Directory.EnumerateFiles(temporary).Any());
        await Assert.That(System.Text.Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo("old");
    }

    [Test]
    public async Task Kills_during_concurrent_writes_leave_each_object_complete_in_one_version()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        byte[][] versions = [.. Enumerable.Range(0, 20).Select(i => Content.Of(100_000 + i, i))];
        foreach (var key in Enumerable.Range(0, 4))
            await store.Client.PutBytesAsync(bucket, $"{key}", versions[0]);

        for (var round = 0; round < 5; round++)
        {
            var client = store.Client;
            var answered = 0;
            var writers = Enumerable.Range(0, 4).Select(key => Task.Run(async () =>
            {
                for (var version = 0; ; version = (version + 1) % versions.Length)
                {
                    await client.PutBytesAsync(bucket, $"{key}", versions[version]);
                    Interlocked.Increment(ref answered);
                }
            })).ToList();
            await Eventually.TrueAsync(() => Volatile.Read(ref answered) >= 10 * (round + 1));
            await store.KillAndStartAsync();
            await Task.WhenAll(writers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            var known = versions.Select(Content.Hash).ToHashSet();
            foreach (var key in Enumerable.Range(0, 4))
                await Assert.That(known).Contains(Content.Hash(await store.Client.GetBytesAsync(bucket, $"{key}")));
        }
    }

    [Test]
    public async Task A_second_store_on_the_same_folder_ends_with_the_reason()
    {
        await using var store = await Store.StartAsync();
        var start = Store.StartOf(store.Root);
        var info = new ProcessStartInfo(start.Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in start.Environment(FreePorts.Take()))
            info.Environment[name] = value;

        using var second = Process.Start(info)!;
        var error = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        await Assert.That(second.ExitCode).IsEqualTo(1);
        await Assert.That(error).Contains("another process is using the objects in this folder")
            .And.Contains(store.Folder);
    }
}
