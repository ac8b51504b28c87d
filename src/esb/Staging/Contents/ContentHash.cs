using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// The identity of code: SHA-256 over sorted paths, executable bits, link targets and contents, each with its length,
/// so that no two different trees are hashed as the same bytes. Times, owners and other mode bits are ignored.
/// </summary>
internal static class ContentHash
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The hash of a tree, as 64 hexadecimal digits.</summary>
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

    /// <summary>
    /// The hash of several texts, as 64 hexadecimal digits. It depends on where one text ends and the next begins.
    /// </summary>
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

    // The length follows the content, so that it is right for a file that grows while it is being read.
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
