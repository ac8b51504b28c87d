using System.Collections.Concurrent;
using Esb.Objects.Tests.Serving;
using Esb.Testing.Servers;

namespace Esb.Objects.Tests.Versions;

/// <summary>The versions after kill -9.</summary>
public sealed class VersionKillTests
{
    [Test]
    public async Task Kills_during_writes_and_deletes_keep_each_version_that_was_answered_and_no_other_half()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var written = new ConcurrentDictionary<(string Key, string Id), string>();
        var deleted = new ConcurrentBag<(string Key, string Id)>();
        var answers = 0;

        for (var round = 0; round < 5; round++)
        {
            var client = store.Client;
            var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                var key = $"{writer % 2}";
                for (var i = 0; ; i++)
                {
                    var text = $"{writer} {i} {Guid.NewGuid()}";
                    var id = await client.PutTextAsync(bucket, key, text);
                    written[(key, id)] = text;
                    Interlocked.Increment(ref answers);
                    if (i % 3 != 0)
                        continue;
                    // Without an answer nobody knows whether it is there.
                    written.TryRemove((key, id), out _);
                    await client.DeleteVersionAsync(bucket, key, id);
                    deleted.Add((key, id));
                }
            })).ToList();
            await Eventually.TrueAsync(() => Volatile.Read(ref answers) >= 20 * (round + 1));
            await store.KillAndStartAsync();
            await Task.WhenAll(writers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var listed = (await store.Client.VersionsAsync(bucket)).Select(v => (v.Key, v.VersionId)).ToHashSet();
        await Assert.That(written.Keys.Where(version => !listed.Contains(version))).IsEmpty();
        await Assert.That(deleted.Where(listed.Contains)).IsEmpty();
        foreach (var ((key, id), text) in written)
            await Assert.That(await store.Client.GetTextAsync(bucket, key, id)).IsEqualTo(text);
        await Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(store.Folder, "temporary"))).IsEmpty();
    }
}
