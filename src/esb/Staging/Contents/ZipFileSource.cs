using System.Buffers.Binary;
using System.IO.Compression;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Opens a .zip or .jar file. Like unzip and Python, it finds the archive by the record at its end, so that a program
/// may precede the archive (<c>#!/usr/bin/env python3</c>). Source: PKWARE, APPNOTE.TXT, 4.3.16.
/// </summary>
internal static class ZipFileSource
{
    private const int RecordLength = 22;
    private const int MaxComment = ushort.MaxValue;
    private const uint InZip64 = uint.MaxValue;

    private static readonly string[] Names = [".zip", ".jar", ".war", ".ear", ".whl"];

    /// <summary>
    /// Whether a file is an archive, or claims to be one by its name or its first bytes, even if it is damaged.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static bool Claims(string path)
    {
        if (Array.Exists(Names, n => path.EndsWith(n, StringComparison.OrdinalIgnoreCase)))
            return true;
        using var file = OrdinaryFile.Open(path);
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return (read == start.Length && start.SequenceEqual("PK\u0003\u0004"u8)) || End(file) is not null;
    }

    /// <exception cref="InvalidDataException">The file is not an archive, or is damaged.</exception>
    public static ZipArchive Open(string path)
    {
        var file = OrdinaryFile.Open(path);
        try
        {
            if (End(file) is not { } end)
                throw new InvalidDataException(
                    file.Length == 0 ? "it is empty" : "it is not a zip archive, or its end is missing");
            file.Position = 0;
            return new ZipArchive(end.Before == 0 ? file : new StreamPart(file, end.Before), ZipArchiveMode.Read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Finds the record at the end. Before: the number of bytes before the archive that its offsets do not include.
    private static (long At, long Before)? End(FileStream file)
    {
        var length = (int)Math.Min(file.Length, RecordLength + MaxComment);
        var tail = new byte[length];
        file.Position = file.Length - length;
        file.ReadExactly(tail);
        for (var at = length - RecordLength; at >= 0; at--)
        {
            var record = tail.AsSpan(at);
            if (!record.StartsWith("PK\u0005\u0006"u8)
                || at + RecordLength + BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) != length)
                continue;
            var (size, offset) = (
                BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
                BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
            var position = file.Length - length + at;
            var before = size == InZip64 || offset == InZip64 ? 0 : position - size - offset;
            return (position, Math.Max(before, 0));
        }

        return null;
    }
}
