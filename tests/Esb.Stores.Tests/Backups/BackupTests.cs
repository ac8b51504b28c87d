using System.Net;
using Amazon.DynamoDBv2;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Backups;

/// <summary>Backups of stores that are used meanwhile.</summary>
public sealed class BackupTests
{
    [Test]
    public async Task A_restore_brings_back_what_there_was_and_the_stores_go_on()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var socket = new StoresSocket(stores.Folder);
        using var client = stores.NewClient();
        using var buckets = new Buckets(stores);
        await Things.CreateAsync(client);
        await buckets.CreateAsync();
        await Things.PutAsync(client, "a", "old");
        await buckets.PutAsync("a", "old");
        var archive = await socket.BackUpAsync();
        await Things.PutAsync(client, "a", "new");
        await Things.PutAsync(client, "b", "new");
        await buckets.PutAsync("a", "new");
        await buckets.PutAsync("b", "new");

        var (status, answer) = await socket.RestoreAsync(archive);

        await Assert.That(status).IsEqualTo(HttpStatusCode.OK).Because(answer);
        await ExpectAsync(client, buckets);
        await Things.PutAsync(client, "b", "later");
        await buckets.PutAsync("b", "later");
        await stores.KillAndStartAsync();
        using var again = stores.NewClient();
        await Assert.That(await Things.GetAsync(again, "b")).IsEqualTo("later");
        await Assert.That(await buckets.GetAsync("b")).IsEqualTo("later");

        static async Task ExpectAsync(AmazonDynamoDBClient client, Buckets buckets)
        {
            await Assert.That(await Things.GetAsync(client, "a")).IsEqualTo("old");
            await Assert.That(await Things.GetAsync(client, "b")).IsNull();
            await Assert.That(await buckets.GetAsync("a")).IsEqualTo("old");
            await Assert.That(await buckets.GetAsync("b")).IsNull();
            await Assert.That(await buckets.ListAsync()).Contains("<KeyCount>1</KeyCount>");
        }
    }

    [Test]
    public async Task What_16_clients_were_told_is_written_is_in_a_backup_that_begins_afterwards()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var socket = new StoresSocket(stores.Folder);
        using var client = stores.NewClient();
        using var buckets = new Buckets(stores);
        await Things.CreateAsync(client);
        await buckets.CreateAsync();
        var answered = new int[16];
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, answered.Length).Select(WriteAsync).ToArray();
        await Eventually.TrueAsync(() => answered.Sum(Read) > 400);
        var before = answered.Select(Read).ToArray();
        var archive = await socket.BackUpAsync();
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var (status, answer) = await socket.RestoreAsync(archive);

        await Assert.That(status).IsEqualTo(HttpStatusCode.OK).Because(answer);
        for (var i = 0; i < answered.Length; i++)
        {
            for (var n = 0; n < before[i]; n++)
            {
                await Assert.That(await Things.GetAsync(client, $"{i}-{n}")).IsEqualTo("x");
                await Assert.That(await buckets.GetAsync($"{i}-{n}")).IsEqualTo("x");
            }

            // Each client writes an item only after the object of the same name.
            for (var n = before[i]; n < answered[i]; n++)
            {
                if (await Things.GetAsync(client, $"{i}-{n}") is not null)
                    await Assert.That(await buckets.GetAsync($"{i}-{n}")).IsEqualTo("x");
            }
        }

        static int Read(int value) => value;

        async Task WriteAsync(int writer)
        {
            while (!stop.IsCancellationRequested)
            {
                await buckets.PutAsync($"{writer}-{answered[writer]}", "x");
                await Things.PutAsync(client, $"{writer}-{answered[writer]}", "x");
                answered[writer]++;
            }
        }
    }

    [Test]
    public async Task Requests_during_restores_are_answered_and_listings_stay_right()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var socket = new StoresSocket(stores.Folder);
        using var client = stores.NewClient();
        using var buckets = new Buckets(stores);
        await Things.CreateAsync(client);
        await buckets.CreateAsync();
        var archive = await socket.BackUpAsync();
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 8).Select(WriteAsync).ToArray();

        for (var i = 0; i < 5; i++)
        {
            var before = Volatile.Read(ref written);
            await Eventually.TrueAsync(() => Volatile.Read(ref written) > before);
            await Assert.That((await socket.RestoreAsync(archive)).Status).IsEqualTo(HttpStatusCode.OK);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await Assert.That((await socket.RestoreAsync(archive)).Status).IsEqualTo(HttpStatusCode.OK);
        await Assert.That(await buckets.ListAsync()).Contains("<KeyCount>0</KeyCount>");

        async Task WriteAsync(int writer)
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await Things.PutAsync(client, $"{writer}-{n}", "x");
                try
                {
                    await buckets.PutAsync($"{writer}-{n}", "x");
                }
                catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    // It had begun before the buckets were replaced; SDKs send it again.
                }

                Interlocked.Increment(ref written);
            }
        }
    }

    [Test]
    public async Task A_second_backup_is_refused_while_one_is_written()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var socket = new StoresSocket(stores.Folder);
        using var buckets = new Buckets(stores);
        await buckets.CreateAsync();
        // Larger than what a socket and the server buffer.
        await buckets.PutAsync("large", new string('x', 20_000_000));
        using (var first = await socket.BeginAsync())
        {
            using var second = await socket.BeginAsync();
            await Assert.That(second.StatusCode).IsEqualTo(HttpStatusCode.Conflict);
            await Assert.That((await socket.RestoreAsync([1])).Status).IsEqualTo(HttpStatusCode.Conflict);
            await first.Content.CopyToAsync(Stream.Null);
        }

        await Eventually.TrueAsync(() => !Directory.Exists(Path.Combine(stores.Folder, "backup.unfinished")));
        await Assert.That((await socket.BackUpAsync()).Length).IsGreaterThan(20_000_000);
    }

    [Test]
    public async Task Only_its_owner_can_open_the_socket()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        var mode = File.GetUnixFileMode(Path.Combine(stores.Folder, "stores.sock"));

        await Assert.That(mode).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task The_public_port_has_no_administration()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(stores.Address, "/backup"), content: null);

        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.MethodNotAllowed);
    }
}
