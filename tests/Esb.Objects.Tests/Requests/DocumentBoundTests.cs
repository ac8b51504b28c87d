using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Documents that are read into memory, from clients that try to make the server hold many of them.</summary>
public sealed class DocumentBoundTests
{
    private const int Megabyte = 1024 * 1024;

    [Test]
    public async Task Documents_of_many_clients_that_never_finish_have_a_common_bound_and_others_are_told_to_slow_down()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        List<TcpClient> clients = [];
        List<Task<string>> beginnings = [];
        try
        {
            var part = Encoding.Latin1.GetBytes(new string(' ', 3 * Megabyte));
            for (var i = 0; i < 60; i++)
            {
                clients.Add(await RawRequest.OpenAsync(
                    store.Port, $"POST /{bucket}?delete HTTP/1.1\nContent-Length: {4 * Megabyte}", part));
                // Read at once: the connection of a refused client that stays silent is closed after a while.
                beginnings.Add(BeginningAsync(clients[^1], patience.Token));
            }

            // Those that came too late get an answer, those that the server waits for get none.
            await Assert.That(await FirstAsync(beginnings)).Contains("503").And.Contains("SlowDown");
            await store.Client.PutBytesAsync(bucket, "key", "others are served"u8.ToArray());
            await Assert.That(await ResidentMegabytesAsync(store)).IsLessThan(400);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    [Test]
    public async Task A_document_of_more_elements_than_any_request_needs_is_malformed()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var body = Encoding.Latin1.GetBytes($"<Delete>{string.Concat(Enumerable.Repeat("<a/>", 300_000))}</Delete>");
        var answer = await RawRequest.SendAsync(
            store.Port, $"POST /{bucket}?delete HTTP/1.1\nContent-Length: {body.Length}", body);
        await Assert.That(answer).Contains("<Code>MalformedXML</Code>").And.Contains("more than 200000 elements");
    }

    [Test]
    public async Task Text_in_a_hundred_thousand_pieces_is_joined_once()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);
        var key = string.Concat(Enumerable.Repeat("<!---->", 300_000).Prepend("k").Append("ey"));
        var body = Encoding.Latin1.GetBytes($"<Delete><Object><Key>{key}</Key></Object></Delete>");
        var answer = await RawRequest.SendAsync(
            store.Port, $"POST /{bucket}?delete HTTP/1.1\nContent-Length: {body.Length}", body);
        await Assert.That(answer).Contains("<Key>key</Key>").And.Contains("<Deleted>");
    }

    private static async Task<string> FirstAsync(List<Task<string>> beginnings)
    {
        await foreach (var beginning in Task.WhenEach(beginnings))
        {
            if (await beginning is { Length: > 0 } text)
                return text;
        }

        return "";
    }

    // A refused client that stays silent is reset after a while; the answer before that counts.
    private static async Task<string> BeginningAsync(TcpClient client, CancellationToken patience)
    {
        var beginning = new byte[4096];
        var count = 0;
        try
        {
            while (count < beginning.Length
                && await client.GetStream().ReadAsync(beginning.AsMemory(count), patience) is var read and > 0)
                count += read;
        }
        catch (IOException)
        {
            // Reset, or the end of the test.
        }

        return Encoding.Latin1.GetString(beginning, 0, count);
    }

    private static async Task<int> ResidentMegabytesAsync(Store store)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{store.ProcessId}/status");
        return int.Parse(
            lines.Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).AsSpan(6).Trim(" \tkB"),
            CultureInfo.InvariantCulture) / 1024;
    }
}
