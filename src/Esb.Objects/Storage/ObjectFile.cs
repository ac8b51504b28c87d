using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Esb.Objects.Storage;

/// <summary>
/// The format of an object on disk: content, metadata as JSON, then 12 bytes (length of the metadata, magic number). It
/// is one file, so that one rename replaces both. Metadata follows the content, because ETag and checksum are known
/// only at its end.
/// </summary>
internal static class ObjectFile
{
    private const int FooterLength = 12;
    private const int Guess = 4096;

    private static ReadOnlySpan<byte> Mark => "ESBOBJ01"u8;

    /// <summary>
    /// Appends the metadata to content that has been written, in place of metadata from an earlier call, and flushes to
    /// disk.
    /// </summary>
    public static void Finish(TemporaryFile file, ObjectMetadata metadata)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(metadata, StoredRecords.Default.ObjectMetadata);
        var footer = new byte[FooterLength];
        BinaryPrimitives.WriteInt32LittleEndian(footer, json.Length);
        Mark.CopyTo(footer.AsSpan(4));
        file.Stream.SetLength(metadata.Size);
        file.Stream.Position = metadata.Size;
        file.Stream.Write(json);
        file.Stream.Write(footer);
        file.Flush();
    }

    /// <summary>
    /// Opens one complete version: replacing or deleting the object later does not affect a version that is open. Null
    /// when there is no object.
    /// </summary>
    /// <exception cref="InvalidDataException">The file was damaged from outside.</exception>
    public static OpenObject? Open(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return new OpenObject(handle, ReadMetadata(handle, path));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static ObjectMetadata ReadMetadata(SafeFileHandle handle, string path)
    {
        var length = RandomAccess.GetLength(handle);
        var end = ReadEnd(handle, length, Guess);
        if (end.Length < FooterLength || !end.AsSpan(end.Length - 8).SequenceEqual(Mark))
            throw new InvalidDataException($"'{path}' is not an object of this store.");
        var jsonLength = BinaryPrimitives.ReadInt32LittleEndian(end.AsSpan(end.Length - FooterLength));
        if (jsonLength <= 0 || jsonLength > length - FooterLength)
            throw new InvalidDataException($"'{path}' has another length than its metadata says.");
        if (jsonLength + FooterLength > end.Length)
            end = ReadEnd(handle, length, jsonLength + FooterLength);
        var json = end.AsSpan(end.Length - FooterLength - jsonLength, jsonLength);
        var metadata = Parse(json, path);
        return metadata is not null && metadata.Size == length - jsonLength - FooterLength
            ? metadata
            : throw new InvalidDataException($"'{path}' has another length than its metadata says.");
    }

    private static ObjectMetadata? Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredRecords.Default.ObjectMetadata);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' has damaged metadata: {e.Message}", e);
        }
    }

    private static byte[] ReadEnd(SafeFileHandle handle, long fileLength, int wanted)
    {
        var end = new byte[Math.Min(wanted, fileLength)];
        var position = fileLength - end.Length;
        for (var filled = 0; filled < end.Length;)
        {
            var count = RandomAccess.Read(handle, end.AsSpan(filled), position + filled);
            if (count == 0)
                throw new EndOfStreamException("The file became shorter while it was being read.");
            filled += count;
        }

        return end;
    }
}
