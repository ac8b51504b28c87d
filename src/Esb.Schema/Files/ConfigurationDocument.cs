using System.Buffers;
using System.Text;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>One of the three files as a document, read from bytes and written to bytes.</summary>
public static class ConfigurationDocument
{
    /// <summary>The size of the largest file that is read, in bytes: about 200,000 functions.</summary>
    public const int MaxBytes = YamlReader.MaxCharacters;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads a file. A missing file is an empty mapping.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="bytes">The content as it was read; empty when there is no file.</param>
    /// <returns>
    /// The document; null when it cannot be read, in which case <paramref name="diagnostics"/> has an error.
    /// </returns>
    public static YamlMapping? Read(string path, DiagnosticBag diagnostics, out byte[] bytes)
    {
        bytes = [];
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            {
                diagnostics.Add(new Diagnostic(
                    Severity.Error, DiagnosticCodes.YamlLimit, $"the file is larger than {MaxBytes} bytes", path));
                return null;
            }

            bytes = OrdinaryFile.ReadAll(path, MaxBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return YamlMapping.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(
                new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, $"cannot be read: {e.Message}", path));
            return null;
        }

        return Parse(bytes, path, diagnostics);
    }

    /// <summary>Parses bytes that have been read already.</summary>
    /// <returns>
    /// The document; null when the bytes are not a valid document, in which case <paramref name="diagnostics"/> has an
    /// error.
    /// </returns>
    public static YamlMapping? Parse(byte[] bytes, string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(diagnostics);
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes).TrimStart(ByteOrderMark);
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Add(NotUtf8(bytes, path));
            return null;
        }

        var node = YamlReader.Read(text, path, diagnostics, refusesMergeKeys: true);
        if (node is YamlMapping mapping)
            return mapping;
        if (node is not null)
            diagnostics.Error(DiagnosticCodes.WrongKind, $"the file must be a mapping, but is {node.Kind}", node);
        return null;
    }

    /// <summary>
    /// The bytes to write for a merged document. Unchanged parts, including comments, stay as they are in
    /// <paramref name="previous"/> where that is in block style; otherwise the document is written again and only the
    /// comments at its head are kept. The bytes are parsed again to make sure that they are equal to
    /// <paramref name="merged"/>.
    /// </summary>
    /// <param name="previous">The current bytes of the file.</param>
    /// <param name="before">The document that was read from them.</param>
    /// <param name="merged">The document to write.</param>
    /// <param name="path">The name of the file in messages.</param>
    /// <param name="diagnostics">
    /// Receives the reason if the result could not be read because it is too large or too deep.
    /// </param>
    public static byte[]? Write(
        byte[] previous,
        YamlMapping before,
        YamlMapping merged,
        string path,
        DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(merged);
        var text = Encoding.UTF8.GetString(previous).TrimStart(ByteOrderMark);
        if (DocumentEdit.Apply(text, before, merged) is { } edited
            && YamlReader.Read(edited, path, []) is { } read
            && read.ContentEquals(merged))
            return StrictUtf8.GetBytes(edited);
        var rewritten = Write(merged, previous);
        var found = new DiagnosticBag();
        var again = Parse(rewritten, path, found);
        if (again is not null && again.ContentEquals(merged))
            return rewritten;
        var reason = found.FirstOrDefault()?.Message ?? "it would differ from what was merged";
        diagnostics.Add(new Diagnostic(
            Severity.Error,
            DiagnosticCodes.YamlLimit,
            $"the merged file could not be read again: {reason}; nothing was changed",
            path));
        return null;
    }

    /// <summary>
    /// The bytes of a new document. Comment lines at the head of <paramref name="previous"/> are kept.
    /// </summary>
    public static byte[] Write(YamlMapping document, ReadOnlySpan<byte> previous)
    {
        var text = YamlTextWriter.Write(document);
        return StrictUtf8.GetBytes(Head(Encoding.UTF8.GetString(previous).TrimStart(ByteOrderMark)) + text);
    }

    private static Diagnostic NotUtf8(ReadOnlySpan<byte> bytes, string path)
    {
        var good = 0;
        while (Rune.DecodeFromUtf8(bytes[good..], out _, out var length) == OperationStatus.Done)
            good += length;
        var lineStart = bytes[..good].LastIndexOf((byte)'\n') + 1;
        var line = bytes[..good].Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(bytes[lineStart..good]) + 1;
        return new Diagnostic(
            Severity.Error,
            DiagnosticCodes.YamlSyntax,
            $"the byte 0x{bytes[good]:X2} is not UTF-8 here",
            path,
            line,
            column,
            "save the file as UTF-8");
    }

    // Comments and empty lines above everything else. In YAML a lone CR ends a line too, so what follows it is not a
    // comment.
    private static string Head(string text)
    {
        var end = 0;
        while (end < text.Length)
        {
            var next = text.IndexOf('\n', end) is var found && found < 0 ? text.Length : found + 1;
            var line = text.AsSpan(end..next).Trim();
            if (line is not ([] or ['#', ..]) || line.Contains('\r'))
                break;
            end = next;
        }

        return end > 0 && text[end - 1] != '\n' ? text[..end] + "\n" : text[..end];
    }
}
