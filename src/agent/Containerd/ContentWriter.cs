using Esb.Agent.Backends;
using Esb.Agent.Images;
using Esb.ContainerdApi;
using Google.Protobuf;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>Puts blobs into containerd's content store, which checks their digests.</summary>
/// <param name="calls">Under a lease: what nothing refers to yet must stay.</param>
/// <param name="pull">A name of one's own: what another pull writes at the same time is locked by its name.</param>
internal sealed class ContentWriter(ContainerdCalls calls, string pull)
{
    private const int ChunkBytes = 512 * 1024;

    // How long the source may be silent.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Task WriteAsync(Part part, byte[] bytes, IReadOnlyDictionary<string, string>? labels = null) => WriteAsync(part, new MemoryStream(bytes), labels);

    /// <summary>To have it already is success.</summary>
    /// <exception cref="CannotStartException">The source broke off.</exception>
    /// <exception cref="RpcException">The bytes are not those of the digest, or cannot be stored.</exception>
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
            // The store has ended the call; the answers say why.
        }

        try
        {
            await answers;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Another image has it too.
        }
    }

    private async Task SendAsync(IClientStreamWriter<WriteContentRequest> requests, Part part, Stream bytes, IReadOnlyDictionary<string, string>? labels)
    {
        var reference = $"{pull}-{part.Digest}";
        var buffer = new byte[ChunkBytes];
        var offset = 0L;
        while (await ReadAsync(bytes, buffer, part) is var count and > 0)
        {
            await requests.WriteAsync(new WriteContentRequest { Action = WriteAction.Write, Ref = reference, Total = part.Size, Expected = part.Digest, Offset = offset, Data = ByteString.CopyFrom(buffer, 0, count) });
            offset += count;
        }

        var commit = new WriteContentRequest { Action = WriteAction.Commit, Ref = reference, Total = part.Size, Expected = part.Digest, Offset = offset };
        foreach (var (key, value) in labels ?? new Dictionary<string, string>())
            commit.Labels[key] = value;
        await requests.WriteAsync(commit);
        await requests.CompleteAsync();
    }

    private static async Task<int> ReadAsync(Stream bytes, byte[] buffer, Part part)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            throw new CannotStartException($"the registry broke off in the middle of {part.Digest}: {(e is OperationCanceledException ? $"nothing came for {Patience.TotalSeconds:0} s" : e.Message)}; it is tried again with the next start");
        }
    }

    private static async Task DrainAsync(IAsyncStreamReader<WriteContentResponse> answers)
    {
        while (await answers.MoveNext(CancellationToken.None))
        {
            // Each request has its answer; only the end matters.
        }
    }
}
