using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// The identity of code: SHA-256 over sorted paths, the executable bit, targets of links and contents, each with its
/// length before it so that no two trees run together. Times, owners and other mode bits do not count.
/// </summary>
internal static class ContentHash
{
    private const int BufferSize = 128 * 1024;

    /// <summary>64 hex digits.</summary>
    public static string Of(CodeTree tree, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        foreach (var entry in tree.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AppendText(hash, entry.LinkTarget is not null ? "link" : entry.Facts.IsExecutable ? "program" : "file");
            AppendText(hash, entry.Path);
            if (entry.LinkTarget is not null)
                AppendText(hash, entry.LinkTarget);
            else
                AppendFile(hash, Path.Combine(tree.Root, entry.Path), buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>64 hex digits over several texts, in which the border between them counts.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            AppendText(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    // The length follows the content: a file that grows while it is read still hashes to what was read.
    private static void AppendFile(IncrementalHash hash, string path, byte[] buffer)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long offset = 0;
        while (RandomAccess.Read(file, buffer, offset) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            offset += read;
        }

        AppendLength(hash, offset);
    }

    private static void AppendLength(IncrementalHash hash, long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
