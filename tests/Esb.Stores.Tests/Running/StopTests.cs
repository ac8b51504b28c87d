using Amazon.DynamoDBv2;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Running;

/// <summary>What is there after the program has ended, one way or the other.</summary>
public sealed class StopTests
{
    [Test]
    public async Task Everything_that_was_answered_is_there_after_a_kill()
    {
        await using var stores = await StoresProcess.StartAsync();
        using (var client = stores.NewClient())
        {
            await Things.CreateAsync(client);
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Things.PutAsync(client, $"{i}", $"value {i}")));
        }

        await stores.KillAndStartAsync();
        using var again = stores.NewClient();
        for (var i = 0; i < 50; i++)
            await Assert.That(await Things.GetAsync(again, $"{i}")).IsEqualTo($"value {i}");
    }

    [Test]
    public async Task A_kill_among_writes_loses_nothing_that_was_answered()
    {
        await using var stores = await StoresProcess.StartAsync();
        var answered = 0;
        using (var client = stores.NewClient())
        {
            await Things.CreateAsync(client);
            var writing = WriteAsync(client);
            await Eventually.TrueAsync(() => Volatile.Read(ref answered) > 20);
            await stores.KillAndStartAsync();
            await writing;
        }

        using var again = stores.NewClient();
        for (var i = 0; i < answered; i++)
            await Assert.That(await Things.GetAsync(again, $"{i}")).IsEqualTo("x");

        async Task WriteAsync(AmazonDynamoDBClient client)
        {
            try
            {
                while (true)
                {
                    await Things.PutAsync(client, $"{answered}", "x");
                    Interlocked.Increment(ref answered);
                }
            }
            catch (Exception e) when (e is HttpRequestException or Amazon.Runtime.AmazonClientException)
            {
                // The process is gone.
            }
        }
    }

    [Test]
    public async Task SIGTERM_ends_the_program_cleanly()
    {
        await using var stores = await StoresProcess.StartAsync();
        using (var client = stores.NewClient())
        {
            await Things.CreateAsync(client);
            await Things.PutAsync(client, "a", "x");
        }

        await Assert.That(await stores.StopAsync()).IsEqualTo(0);
        await Assert.That(stores.Log).Contains("Stopped");
        await stores.KillAndStartAsync();
        using var again = stores.NewClient();
        await Assert.That(await Things.GetAsync(again, "a")).IsEqualTo("x");
    }
}
