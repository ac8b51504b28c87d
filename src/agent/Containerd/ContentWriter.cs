using Esb.Agent.Backends;
using Esb.Agent.Images;
using Esb.ContainerdApi;
using Google.Protobuf;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>Writes blobs into containerd's content store, which verifies their digests.</summary>
/// <param name="calls">Calls under a lease, so that blobs without references are kept.</param>
/// <param name="pull">A unique name of this pull, which keeps concurrent writes of the same blob apart.</param>
internal sealed class ContentWriter(ContainerdCalls calls, string pull)
{
    private const int ChunkBytes = 512 * 1024;

    // How long the source may be silent.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    public Task WriteAsync(Part part, byte[] bytes, IReadOnlyDictionary<string, string>? labels = null) =>
        WriteAsync(part, new MemoryStream(bytes), labels);

    /// <summary>Writes a blob. A blob that is stored already counts as success.</summary>
    /// <exception cref="CannotStartException">The source closed the connection early.</exception>
    /// <exception cref="RpcException">The bytes do not match the digest, or cannot be stored.</exception>
    public async Task WriteAsync(Part part, Stream bytes, IReadOnlyDictionary<string, string>? labels = null)
    {
        using var call = calls.Content.Write();
        var answers = DrainAsync(call.ResponseStream);
        try
        {
            await SendAsync(call.RequestStream, part, bytes, labels);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The store has ended the call; its responses give the reason.
        }

        try
        {
            await answers;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Another image contains this blob too.
        }
    }

    private async Task SendAsync(
        IClientStreamWriter<WriteContentRequest> requests,
        Part part,
        Stream bytes,
        IReadOnlyDictionary<string, string>? labels)
    {
        var reference = $"{pull}-{part.Digest}";
        var buffer = new byte[ChunkBytes];
        var offset = 0L;
        while (await ReadAsync(bytes, buffer, part) is var count and > 0)
        {
            await requests.WriteAsync(new WriteContentRequest
            {
                Action = WriteAction.Write,
                Ref = reference,
                Total = part.Size,
                Expected = part.Digest,
                Offset = offset,
                Data = ByteString.CopyFrom(buffer, 0, count),
            });
            offset += count;
        }

        var commit = new WriteContentRequest
        {
            Action = WriteAction.Commit,
            Ref = reference,
            Total = part.Size,
            Expected = part.Digest,
            Offset = offset,
        };
        foreach (var (key, value) in labels ?? new Dictionary<string, string>())
            commit.Labels[key] = value;
        await requests.WriteAsync(commit);
        await requests.CompleteAsync();
    }

    private static async Task<int> ReadAsync(Stream bytes, byte[] buffer, Part part)
    {
        using var deadline = new CancellationTokenSource(IdleTimeout);
        try
        {
            return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            var reason =
                e is OperationCanceledException ? $"nothing arrived for {IdleTimeout.TotalSeconds:0} s" : e.Message;
            throw new CannotStartException($"the registry closed the connection in the middle of {part.Digest}: "
                + $"{reason}; the next start tries again");
        }
    }

    private static async Task DrainAsync(IAsyncStreamReader<WriteContentResponse> answers)
    {
        while (await answers.MoveNext(CancellationToken.None))
        {
            // Each request gets a response; only the last response matters.
        }
    }
}
