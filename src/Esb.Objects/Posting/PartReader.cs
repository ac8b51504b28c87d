using System.Text;
using Esb.Objects.Errors;
using Esb.Schema.Http;

namespace Esb.Objects.Posting;

/// <summary>
/// Parses a multipart body (RFC 2046, section 5.1), of which it holds at most one buffer in memory. Endless lines, part
/// headers and fields are errors as soon as they are longer than any form needs.
/// </summary>
/// <param name="body">The body as received over HTTP.</param>
/// <param name="boundary">The boundary between parts.</param>
internal sealed class PartReader(Stream body, string boundary)
{
    private const int BufferSize = 16 * 1024;
    private const int LongestLine = 8 * 1024;

    // Fields have their own limit; this one is for everything around them: part headers, delimiters, and the preamble.
    private const int MostBeforeFile = 128 * 1024;

    private readonly byte[] _delimiter = Encoding.Latin1.GetBytes($"\r\n--{boundary}");
    private readonly byte[] _buffer = NewBuffer();
    private int _start;
    private int _end = 2;
    private int _mayCome = MostBeforeFile;
    private bool _isFile;

    /// <summary>Begins the content of the file, whose length the reader of the file limits.</summary>
    public void BeginFile() => _isFile = true;

    /// <summary>The content of the part, piece by piece; zero at its end.</summary>
    /// <exception cref="S3Exception">The body ends too early.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf(_delimiter);
            // The last bytes may be the beginning of a delimiter.
            var content = at >= 0 ? at : _end - _start - (_delimiter.Length - 1);
            if (at == 0)
                return 0;
            if (content > 0)
            {
                var count = Math.Min(content, destination.Length);
                _buffer.AsSpan(_start, count).CopyTo(destination.Span);
                _start += count;
                return count;
            }

            await FillAsync(cancellation);
        }
    }

    /// <summary>
    /// Moves from the end of a part's content to the next part and returns its Content-Disposition; null after the last
    /// part.
    /// </summary>
    /// <exception cref="S3Exception">The next bytes are not a part.</exception>
    public async ValueTask<string?> NextAsync(CancellationToken cancellation)
    {
        _start += _delimiter.Length;
        while (_end - _start < 2)
            await FillAsync(cancellation);
        if (_buffer.AsSpan(_start, 2).SequenceEqual("--"u8))
            return null;
        if ((await ReadLineAsync(cancellation)).Trim(' ', '\t').Length > 0)
            throw PostErrors.Malformed();
        string? disposition = null;
        while (await ReadLineAsync(cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw PostErrors.Malformed();
            if (!line.AsSpan(0, colon).Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
                continue;
            if (disposition is not null)
                throw PostErrors.Malformed();
            disposition = OptionalWhitespace.Trim(line[(colon + 1)..]);
        }

        return disposition ?? throw PostErrors.Malformed();
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length > LongestLine || (length < 0 && _end - _start > LongestLine))
                throw PostErrors.TooLarge();
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            await FillAsync(cancellation);
        }
    }

    // There is always room, because both lines and delimiters are shorter than the buffer.
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = await body.ReadAsync(_buffer.AsMemory(_end), cancellation);
        if (count == 0)
            throw PostErrors.Malformed();
        _end += count;
        if (!_isFile && (_mayCome -= count) < 0)
            throw PostErrors.TooLarge();
    }

    // The body may begin with the first delimiter, without a preceding line end.
    private static byte[] NewBuffer()
    {
        var buffer = new byte[BufferSize];
        "\r\n"u8.CopyTo(buffer);
        return buffer;
    }
}
